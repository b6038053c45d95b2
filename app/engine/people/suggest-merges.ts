import { Failure } from '../../contract/errors.ts';
import type { FaceId } from '../../contract/ids.ts';
import type { MergeSuggestion } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import { createRelationQueries } from '../db/relations.ts';
import type { History } from '../history/history.ts';
import { settings } from '../settings.ts';
import type { NearPairs } from '../vector/index-service.ts';
import type { IndexFeed } from './index-feed.ts';
import { personMissing } from './people-pages.ts';

const { comparedFaces, suggested } = settings.people;
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
  const nameOf = (id: number): string | null => {
    const row = queries.name(id);
    if (!row) throw personMissing();
    return row.name;
  };
  const areTold = (one: number, other: number): boolean =>
    Math.max(relations.rejectedShare(one, other), relations.rejectedShare(other, one)) >= toldApart;

  return {
    handlers: {
      'people.suggestions': async ({ person }, signal) => {
        nameOf(person);
        const { acceptance: alike } = context.recognition().thresholds;
        await feed.ready();
        const ids = Int32Array.from(relations.bestFaces(person, comparedFaces));
        const around = await context.index.around({ ids, radius: alike }, signal);
        const besides = relations.besides(person);
        const found: MergeSuggestion[] = [];
        for (const [who, near] of byPerson(around, relations.peopleOf([...new Set(around.others)]))) {
          if (found.length >= suggested) break;
          if (who === person || besides.has(who) || areTold(person, who)) continue;
          const other = queries.get(who);
          if (other && !other.hidden) found.push({ person: other, alike, ...near, reason: reasonFor(near, alike) });
        }
        return found;
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

/** The nearest pair with each person and how many there are, the nearest person first. */
function byPerson({ faces, others, distances }: NearPairs, peopleOf: ReadonlyMap<number, number>): Map<number, Near> {
  const found = new Map<number, Near>();
  for (const [at, other] of others.entries()) {
    const who = peopleOf.get(other);
    if (who === undefined) continue;
    const before = found.get(who);
    found.set(who, {
      nearest: before?.nearest ?? [(faces[at] ?? 0) as FaceId, other as FaceId],
      distance: before?.distance ?? distances[at] ?? Infinity,
      pairs: (before?.pairs ?? 0) + 1,
    });
  }
  return found;
}

function reasonFor({ distance, pairs }: Near, alike: number): string {
  const howMany = pairs === 1 ? 'One pair of faces is alike' : `${pairs.toLocaleString('en')} pairs of faces are alike`;
  return `${howMany}: ${distance.toFixed(2)} apart at the nearest, where up to ${alike.toFixed(2)} is usual for one person. Never in one photo together.`;
}
