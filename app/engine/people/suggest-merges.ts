import { Failure } from '../../contract/errors.ts';
import type { FaceId } from '../../contract/ids.ts';
import type { MergeSuggestion } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import { createRelationQueries } from '../db/relations.ts';
import type { History } from '../history/history.ts';
import { settings } from '../settings.ts';
import type { NearPairs } from '../vector/index-service.ts';
import { createAlikeLooks, type AlikeLooks } from './alike-looks.ts';
import type { IndexFeed } from './index-feed.ts';
import { personMissing } from './people-pages.ts';

const { comparedFaces, suggested, widestAsked } = settings.people;
/** People compared before the best are suggested: most of those who are further than usual fall away. */
const lookedAt = 2 * suggested;
/** Share of one's faces said not to be the other from which the two count as told apart. */
const toldApart = 0.5;

/** Who may be the same person, with the reason; and the answer no, which lasts. */
export function createSuggestions(
  context: EngineContext,
  queries: PeopleQueries,
  feed: IndexFeed,
  history: History,
): Subject<'people.suggestions' | 'people.apart'> {
  const relations = createRelationQueries(context.db.sql);
  const compareLooks = createAlikeLooks(context);
  const nameOf = (id: number): string | null => {
    const row = queries.name(id);
    if (!row) throw personMissing();
    return row.name;
  };
  const areTold = (one: number, other: number): boolean =>
    Math.max(relations.rejectedShare(one, other), relations.rejectedShare(other, one)) >= toldApart;

  /** Who may be the same person, the nearest first: nobody who is hidden, told apart or in one photo with this one. */
  const candidatesFor = (person: number, nearest: Iterable<number>): Map<number, number[]> => {
    const besides = relations.besides(person);
    const candidates = new Map<number, number[]>();
    for (const who of nearest) {
      if (candidates.size >= lookedAt) break;
      if (who === person || besides.has(who) || queries.get(who)?.hidden !== false || areTold(person, who)) continue;
      candidates.set(who, relations.bestFaces(who, comparedFaces));
    }
    return candidates;
  };

  return {
    handlers: {
      'people.suggestions': async ({ person }, signal) => {
        const ownName = nameOf(person);
        const { acceptance: alike, pair } = context.recognition().thresholds;
        await feed.ready();
        const faces = relations.bestFaces(person, comparedFaces);
        const radius = Math.max(alike, widestAsked * pair);
        const around = await context.index.around({ ids: Int32Array.from(faces), radius }, signal);
        const near = byPerson(around, relations.peopleOf([...new Set(around.others)]), alike);
        const candidates = candidatesFor(person, near.keys());
        const looks = await compareLooks(faces, candidates, signal);
        const found: MergeSuggestion[] = [];
        for (const who of candidates.keys()) {
          const [pairs, look, other] = [near.get(who), looks.get(who), queries.get(who)];
          const why = pairs && look && reasonOf(pairs, look, alike, ownName, other?.name ?? null);
          if (other && why)
            found.push({ person: other, alike, ...pairs, reason: `${why} Never in one photo together.` });
        }
        return found.slice(0, suggested);
      },

      'people.apart': ({ person, other }) => {
        if (person === other) throw new Failure('bad-request', 'this is one and the same person; choose two');
        const names = [nameOf(person), nameOf(other)] as const;
        // What is said of a name lasts: the faces of the one without a name are not the one with it.
        const [kept, refused] = names[0] === null && names[1] !== null ? [other, person] : [person, other];
        const label = `Told ${names[0] ?? 'a group'} and ${names[1] ?? 'another group'} apart`;
        return history.record('apart', label, (recorder) => {
          recorder.label(queries.unlabelledFaces(kept), { person: kept, strength: 'accepted' });
          recorder.reject(relations.bestFaces(refused, queries.faceCount(refused)), kept);
        });
      },
    },
  };
}

type Near = Pick<MergeSuggestion, 'nearest' | 'distance' | 'pairs'>;

/** The nearest pair with each person and how many there are within `alike`, the nearest person first. */
function byPerson(
  { faces, others, distances }: NearPairs,
  peopleOf: ReadonlyMap<number, number>,
  alike: number,
): Map<number, Near> {
  const found = new Map<number, Near>();
  for (const [at, other] of others.entries()) {
    const who = peopleOf.get(other);
    if (who === undefined) continue;
    const before = found.get(who);
    const distance = distances[at] ?? Infinity;
    found.set(who, {
      nearest: before?.nearest ?? [(faces[at] ?? 0) as FaceId, other as FaceId],
      distance: before?.distance ?? distance,
      pairs: (before?.pairs ?? 0) + Number(distance <= alike),
    });
  }
  return found;
}

/** Why two are suggested as one person; undefined where they are not. */
function reasonOf(
  near: Near,
  { differ, across }: AlikeLooks,
  alike: number,
  ownName: string | null,
  otherName: string | null,
): string | undefined {
  if (differ || (near.pairs === 0 && !across)) return undefined;
  // Of different years, or too far apart for single faces.
  const byLooks = across && (across.other !== null || near.pairs === 0);
  return byLooks ? reasonOfLooks(across, ownName, otherName) : reasonOfPairs(near, alike);
}

function reasonOfPairs({ distance, pairs }: Near, alike: number): string {
  const howMany = pairs === 1 ? 'One pair of faces is alike' : `${pairs.toLocaleString('en')} pairs of faces are alike`;
  return `${howMany}: ${distance.toFixed(2)} apart at the nearest, where up to ${alike.toFixed(2)} is usual for one person.`;
}

/** Says of the one who has a name from which years the look is. */
function reasonOfLooks(
  { own, other, oneIn }: NonNullable<AlikeLooks['across']>,
  ownName: string | null,
  otherName: string | null,
): string {
  const [name, year] = ownName === null && otherName !== null ? [otherName, other] : [ownName ?? 'this group', own];
  const when = year === null ? ' on the whole' : ` around ${year}, at another age`;
  const rarely = Math.round(Number(oneIn.toPrecision(1))).toLocaleString('en');
  return `Looks like ${name}${when}: of different people one pair in ${rarely} is as alike.`;
}
