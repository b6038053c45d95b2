import type { Parsed } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import type { PeopleQueries } from '../db/people.ts';
import { cleanName, nameKey } from './clean-name.ts';
import { personMissing } from './people-pages.ts';

/**
 * Where faces are to go: an existing person by id or name; a name that nobody has is to make a new person (`id`
 * undefined).
 * @throws {Failure} `not-found`, `bad-name`
 */
export function findDestination(
  queries: PeopleQueries,
  to: Parsed<'faces.move'>['to'],
): { readonly id: number | undefined; readonly name: string | null } {
  if ('person' in to) {
    const row = queries.name(to.person);
    if (!row) throw personMissing();
    return { id: to.person, name: row.name };
  }
  const name = cleanName(to.name);
  if (!name) throw new Failure('bad-name', 'the name is empty; type the name of a person');
  const named = queries.named();
  const known =
    named.find((other) => other.name === name) ?? named.find((other) => nameKey(other.name) === nameKey(name));
  return { id: known?.id, name: known?.name ?? name };
}
