import { Failure } from '../../contract/errors.ts';
import type { EngineContext, Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import type { History } from '../history/history.ts';
import { personMissing } from './people-pages.ts';

/** Before anybody who was ever photographed was born. */
const earliest = Date.UTC(1700, 0);
/** The day has begun somewhere up to 14 hours before it does at UTC. */
const aheadMs = 14 * 3_600_000;

/** When people were born, as far as the user says. */
export function createBirths(
  context: EngineContext,
  queries: PeopleQueries,
  history: History,
): Subject<'people.birth'> {
  return {
    handlers: {
      'people.birth': ({ person, birth }) => {
        const row = queries.name(person);
        if (!row) throw personMissing();
        if (birth !== null && (birth < earliest || birth > context.clock() + aheadMs)) {
          throw new Failure('bad-request', 'a date of birth lies between 1700 and today; choose another day');
        }
        const name = row.name ?? 'a group';
        const label = birth === null ? `Took the date of birth of ${name} away` : `Said when ${name} was born`;
        return history.record('birth', label, (recorder) => {
          // Saying something about a group says that the faces in it belong together.
          if (birth !== null) recorder.label(queries.unlabelledFaces(person), { person, strength: 'accepted' });
          recorder.changePerson(person, { birth });
        });
      },
    },
  };
}
