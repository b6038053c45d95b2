import type { Backend, Output } from '../contract/api.ts';
import { Failure } from '../contract/errors.ts';

export type ListedPerson = Output<'people.list'>[number];

/** Everyone: named people, groups, and those that are hidden. */
export async function listEveryone(backend: Backend): Promise<ListedPerson[]> {
  const shown = await backend.request('people.list', { hidden: false });
  const hidden = await backend.request('people.list', { hidden: true });
  const known = new Set(shown.map(({ id }) => id));
  return [...shown, ...hidden.filter(({ id }) => !known.has(id))];
}

/**
 * The person that a user means by an id or by a name; letter case and accents do not matter for a name.
 * @throws {Failure} `not-found`, also where two people have the name
 */
export function findPerson(people: readonly ListedPerson[], wanted: string): ListedPerson {
  const byId = people.find(({ id }) => String(id) === wanted);
  if (byId) return byId;
  const same = new Intl.Collator(undefined, { sensitivity: 'base' });
  const byName = people.filter(({ name }) => name !== null && same.compare(name, wanted.trim()) === 0);
  const [only, other] = byName;
  if (only && !other) return only;
  if (only) {
    const ids = byName.map(({ id }) => id).join(', ');
    throw new Failure('not-found', `several people are called ${wanted}: give one of the ids ${ids}`);
  }
  throw new Failure('not-found', `nobody is called ${wanted} or has that id; "familiar people" lists everyone`);
}
