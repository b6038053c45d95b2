import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';
import type { Calibration, GroupingDistances } from '../../contract/measures.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createGroupingQueries } from '../db/grouping.ts';
import { createLabelledFaceQueries, type LabelledFace } from '../db/labelled-faces.ts';
import { readLabelled } from '../evaluate/read-labelled.ts';
import type { History } from '../history/history.ts';
import { unlabelledInput } from '../people/cluster-input.ts';
import type { Recognition } from '../recognition.ts';
import { settings } from '../settings.ts';
import { chooseDistances, type Candidate } from './choose-distances.ts';
import { labelledGroups } from './labelled-groups.ts';
import { groupingDistances } from './preview.ts';

const { leastPeople, leastFaces, shares, ...choosing } = settings.insights.calibration;

export interface CalibrationOptions {
  /** The recognition before any calibration. */
  readonly standard: () => Recognition;
  readonly indexWhole: () => Promise<void>;
  readonly history: History;
}

/** The distances that the library is grouped by, fitted to what the user said and applied on the user's word. */
export function createCalibration(
  context: EngineContext,
  { standard, indexWhole, history }: CalibrationOptions,
): Subject<'insights.calibration' | 'insights.calibrate'> {
  const labelled = createLabelledFaceQueries(context.db.sql);
  const grouping = createGroupingQueries(context.db.sql);
  let last: { readonly key: string; readonly found: Suggestion } | undefined;

  const suggest = async (signal: AbortSignal): Promise<Suggestion> => {
    const { version, thresholds } = standard();
    const key = `${version} ${history.epoch()} ${grouping.count()}`;
    if (last?.key === key) return last.found;
    const faces = await readLabelled(labelled, settings.evaluate.labelledFaces, signal);
    const people = new Set(faces.map(({ person }) => person)).size;
    if (people < leastPeople || faces.length < leastFaces) return { suggested: null, basis: whatLacks(people, faces) };
    await indexWhole();
    const found = await fit(faces, people, groupingDistances(thresholds), signal);
    last = { key, found };
    return found;
  };

  const fit = async (
    faces: readonly LabelledFace[],
    people: number,
    distances: GroupingDistances,
    signal: AbortSignal,
  ): Promise<Suggestion> => {
    const input = unlabelledInput(grouping, distances);
    const tried = [distances, ...triedShares().map((share) => scaled(distances, share))];
    const clusterings = await context.index.clusterBy(
      tried.map((some) => ({ ...input, ...some })),
      signal,
    );
    const candidates = clusterings.map((clustering, at): Candidate => ({
      distances: tried[at] ?? distances,
      ...labelledGroups(faces, clustering),
    }));
    const [usual] = candidates;
    if (!usual) throw new Failure('internal', 'a calibration lacks its groups');
    const rest = async (): Promise<void> => {
      await setImmediate();
      if (signal.aborted) throw new Failure('cancelled', 'cancelled');
    };
    const choice = await chooseDistances(candidates, usual, choosing, rest);
    return { suggested: choice.distances, basis: inWords(people, faces.length, choice.f1, choice.standardF1) };
  };

  const calibration = async (signal: AbortSignal): Promise<Calibration> => ({
    current: groupingDistances(context.recognition().thresholds),
    standard: groupingDistances(standard().thresholds),
    ...(await suggest(signal)),
  });

  return {
    handlers: {
      'insights.calibration': (_, signal) => calibration(signal),
      'insights.calibrate': async ({ distances }) => {
        const { version } = standard();
        const label = `Changed the distances for groups ${distances ? inNumbers(distances) : 'back to the model’s own'}`;
        const action = history.record('calibrate', label, (recorder) => recorder.groupBy(version, distances));
        // Resolves after the grouping that this begins.
        await indexWhole();
        return action;
      },
    },
  };
}

type Suggestion = Pick<Calibration, 'suggested' | 'basis'>;

/** The shares of the standard distances to try, but for the whole. */
function triedShares(): number[] {
  const steps = Math.round((shares.to - shares.from) / shares.step);
  const tried = Array.from({ length: steps + 1 }, (_, step) => shares.from + step * shares.step);
  return tried.filter((share) => Math.abs(share - 1) > shares.step / 2);
}

function scaled({ eps, acceptance }: GroupingDistances, share: number): GroupingDistances {
  const round = (distance: number): number => Math.min(2, Number((share * distance).toFixed(4)));
  return { eps: round(eps), acceptance: round(acceptance) };
}

const inNumbers = ({ eps, acceptance }: GroupingDistances): string => `to ${eps} and ${acceptance}`;

function whatLacks(people: number, faces: readonly LabelledFace[]): string {
  const has = `${people} named ${people === 1 ? 'person has' : 'people have'} two faces or more, ${faces.length} together`;
  return `Too little is known to fit distances: ${has}. At least ${leastPeople} people with ${leastFaces} faces are needed; name more people.`;
}

function inWords(people: number, faces: number, f1: number, standardF1: number): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const judged = `Fitted to one half of ${people} named people with ${faces} faces and judged on the other, ${choosing.deals} times each way: B-cubed F1 ${percent(f1)}, with the distances of the model ${percent(standardF1)}.`;
  return f1 > standardF1 ? judged : `${judged} So those of the model stay.`;
}
