import type { ActionId, PersonId } from '../../app/contract/ids.ts';
import type { Action, Person } from '../../app/contract/model.ts';

/** A person with an id and whatever else matters to the test. */
export const person = (id: number, name: string | null, more: Partial<Person> = {}): Person => ({
  id: id as PersonId,
  name,
  hidden: false,
  faces: 10,
  photos: 10,
  cover: null,
  firstAt: null,
  lastAt: null,
  birth: null,
  relevance: 5,
  minor: false,
  ...more,
});

export const action = (label: string): Action => ({ id: 1 as ActionId, kind: 'name', label, at: 0, undone: false });
