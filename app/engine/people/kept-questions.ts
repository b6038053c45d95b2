import type { QueueReads } from '../db/queue-reads.ts';
import type { ReviewQueries } from '../db/review.ts';
import type { EmbedderManifest } from '../model/manifest.ts';
import { settings } from '../settings.ts';
import type { EngineContext } from '../context.ts';
import type { ChangedKeys } from '../vector/kept-nearness.ts';
import { createEvidence, reachOf } from './likelihood.ts';
import type { Times } from './looks.ts';
import { createQueueFaces, type ChangedFaces } from './queue-faces.ts';
import { decidingSpans, rowThatCounts, type LookRow } from './rows-in-time.ts';
import { createRuledOut } from './ruled-out.ts';
import { questionAbout, type Supposing, type UnitQuestion } from './unit-question.ts';
import { createUnitRows, rowsByUnit } from './unit-rows.ts';

const { widestAsked } = settings.people;

export interface QuestionSources {
  readonly reads: QueueReads;
  readonly review: ReviewQueries;
  readonly births: () => Times['birthOf'];
  readonly index: EngineContext['index'];
  readonly thresholds: EmbedderManifest['thresholds'];
}

/** What may be asked of every unit, and all that it follows from. */
export interface KeptQuestions {
  /** Takes in what changed about faces. False where the index has changed since: begin anew. */
  reread(faces: readonly number[], signal: AbortSignal): Promise<boolean>;
  /** In order of unit. */
  found(): readonly UnitQuestion[];
  /** Units that somebody is near, but of whom there is nothing to ask: nothing speaks for anybody. */
  hopeless(): number;
  /** What would be asked. Undefined where the index has changed since. */
  suppose(supposing: Supposing, signal: AbortSignal): Promise<UnitQuestion[] | undefined>;
  /** 0: of none. */
  readonly unitOf: (face: number) => number;
  /** Faces of a unit. */
  size(unit: number): number;
}

/** Reads everything, and asks the index about everybody. */
export async function createKeptQuestions(sources: QuestionSources, signal: AbortSignal): Promise<KeptQuestions> {
  const { reads, review, index, thresholds } = sources;
  const evidence = createEvidence(thresholds);
  const reach = { radius: widestAsked * thresholds.pair, reach: reachOf(thresholds) };
  let birthOf = sources.births();
  const faces = createQueueFaces(reads, sources.births);
  const rows = createUnitRows();
  const ruledOut = createRuledOut(review, faces.facesOf);
  const questions = new Map<number, UnitQuestion>();
  /** The same in order of unit; null: not in order yet. */
  let inOrder: readonly UnitQuestion[] | null = null;
  const spansOf = new Map<number, readonly number[]>();
  let near = 0;
  let state: number | null = null;

  const ask = async (keys: ChangedKeys, only: Int32Array<ArrayBuffer> | null) => {
    const told = await index.nearChanged({ ...keys, ...reach, since: state, only }, signal);
    if (told) state = told.state;
    return told;
  };
  const spans = (person: number): readonly number[] => {
    const known = spansOf.get(person) ?? decidingSpans(faces.looksOf(person), birthOf).get(person) ?? [];
    spansOf.set(person, known);
    return known;
  };
  const questionOf = (unit: number, its: readonly LookRow[], spansOfPerson = spans): UnitQuestion | undefined => {
    const day = faces.dayOf(unit);
    const people = Map.groupBy(its, ({ shown }) => shown.person);
    const counting = [...people].flatMap(([person, some]) => {
      if (ruledOut.has(unit, person)) return [];
      return rowThatCounts(some, day, spansOfPerson(person), birthOf) ?? [];
    });
    return questionAbout(counting, evidence);
  };

  const take = async (changed: ChangedFaces, companions: readonly number[]): Promise<boolean> => {
    for (const person of changed.people) spansOf.delete(person);
    const beside = new Set([...companions.map(faces.unitOf), ...changed.units]);
    ruledOut.forget(beside);
    const { keys } = changed;
    const isAnything = keys.units.length > 0 || keys.people.length > 0;
    const told = isAnything || state === null ? await ask(keys, null) : undefined;
    if (told === null) return false;
    if (told) near = told.near;
    const others = told ? rows.replace(changed, rowsByUnit(told, faces.look)) : changed.units;
    const units = [...new Set([...others, ...beside])];
    await ruledOut.read(units.filter((unit) => rows.byUnit.has(unit)));
    if (units.length > 0) inOrder = null;
    for (const unit of units) {
      const its = rows.byUnit.get(unit);
      const question = its && questionOf(unit, its);
      if (question) questions.set(unit, question);
      else questions.delete(unit);
    }
    return true;
  };

  await take(await faces.load(signal), []);
  return {
    reread: async (some) => {
      if (some.length === 0) return true;
      birthOf = sources.births();
      return take(faces.reread(some), reads.facesInPhotos(some));
    },
    found: () => {
      inOrder ??= [...questions].sort(([a], [b]) => a - b).map(([, question]) => question);
      return inOrder;
    },
    hopeless: () => Math.max(0, near - questions.size),
    suppose: async ({ faces: more, person, units }) => {
      const { looks, keys } = faces.suppose(person, more);
      const told = await ask(keys, Int32Array.from(units));
      if (!told) return undefined;
      const supposed = rowsByUnit(told, (key) => looks.get(key));
      const supposedSpans = decidingSpans([...looks.values()], birthOf).get(person) ?? [];
      await ruledOut.read(supposed.keys());
      return [...units]
        .toSorted((a, b) => a - b)
        .flatMap((unit) => {
          const others = (rows.byUnit.get(unit) ?? []).filter(({ shown }) => shown.person !== person);
          const its = [...others, ...(supposed.get(unit) ?? [])];
          return questionOf(unit, its, (who) => (who === person ? supposedSpans : spans(who))) ?? [];
        });
    },
    unitOf: faces.unitOf,
    size: (unit) => faces.facesOf(unit).length,
  };
}
