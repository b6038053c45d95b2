import { Failure } from '../../contract/errors.ts';
import type { FaceId, PersonId } from '../../contract/ids.ts';
import type { EngineContext, Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import { createRelationQueries } from '../db/relations.ts';
import { createTimeQueries } from '../db/times.ts';
import { blankPerson } from '../history/change.ts';
import type { History } from '../history/history.ts';
import { settings } from '../settings.ts';
import { findDestination } from './find-destination.ts';
import type { IndexFeed } from './index-feed.ts';
import { areOfOneTime, looksOf, type Look } from './looks.ts';
import { asMap } from './pairs.ts';
import { personMissing } from './people-pages.ts';

const { splitShares, leastPart, clearGap, suspectedPart, comparedFaces } = settings.people;

/** A person who turns out to be several: shows the parts, and makes one of them a person of its own. */
export function createSplitting(
  context: EngineContext,
  queries: PeopleQueries,
  feed: IndexFeed,
  history: History,
): Subject<'people.subgroups' | 'people.split'> {
  const relations = createRelationQueries(context.db.sql);
  const times = createTimeQueries(context.db.sql);

  /** Whether two of the parts are from the same years or, for all that is known, may be: others may be child and adult. */
  const mayBeOfOneTime = (person: number, parts: readonly Int32Array[]): boolean => {
    const birthOf = asMap(times.births());
    const looks = parts.map((faces) => {
      const dayOf = asMap(times.daysOf([...faces]));
      return looksOf(Int32Array.from([...faces].flatMap((face) => [face, person])), { dayOf, birthOf }).looks;
    });
    const isDated = (some: readonly Look[]): boolean => some.every(({ day }) => day !== null);
    return looks.some((one, i) =>
      looks.slice(i + 1).some((other) => !isDated(one) || !isDated(other) || areOfOneTime(one, other, birthOf)),
    );
  };

  return {
    handlers: {
      'people.subgroups': async ({ person }, signal) => {
        if (!queries.name(person)) throw personMissing();
        const { acceptance } = context.recognition().thresholds;
        await feed.ready();
        const { groups, between, within } = await context.index.subGroups(
          {
            ids: Int32Array.from(relations.bestFaces(person, comparedFaces)),
            apart: relations.apart(person),
            radii: splitShares.map((share) => share * acceptance),
            least: leastPart,
          },
          signal,
        );
        const parts = groups.filter(({ length }) => length >= suspectedPart);
        const clear = between > acceptance && between > clearGap * within;
        return {
          groups: groups.map((ids) => Array.from(ids, (id) => id as FaceId)),
          twoPeople: clear && mayBeOfOneTime(person, parts),
        };
      },

      'people.split': ({ person, faces, name: typed }) => {
        const from = queries.name(person);
        if (!from) throw personMissing();
        const own = queries.present(faces).filter((face) => face.person === person);
        const leaving = own.map(({ face }) => face);
        if (leaving.length === 0) {
          throw new Failure('bad-request', 'none of these faces is shown as this person any more; reload the page');
        }
        if (leaving.length === queries.faceCount(person)) {
          throw new Failure('bad-request', 'these are all the faces of this person; leave at least one, or rename it');
        }
        const to = typed === undefined ? { id: undefined, name: null } : findDestination(queries, { name: typed });
        if (to.id === person) {
          throw new Failure('bad-name', 'this is the name that the person has already; type another, or none');
        }
        let into = to.id ?? 0;
        const label = `Split ${leaving.length} ${leaving.length === 1 ? 'face' : 'faces'} off ${from.name ?? 'a group'}`;
        const action = history.record('split', label, (recorder) => {
          into = to.id ?? recorder.addPerson({ ...blankPerson, name: to.name });
          for (const cover of queries.coverOf(leaving)) {
            if (cover.person !== into) recorder.changePerson(cover.person, { cover: null });
          }
          recorder.label(leaving, { person: into, strength: 'confirmed' });
          // Both sides are said to be somebody, and somebody else than the other: no grouping joins them again.
          recorder.label(queries.unlabelledFaces(person), { person, strength: 'accepted' });
          recorder.reject(leaving, person);
          recorder.reject(queries.labelledFaces(person), into);
        });
        return { ...action, into: into as PersonId };
      },
    },
  };
}
