import { z } from 'zod';

import { GroupingDistances } from '../../contract/measures.ts';
import { Said } from './said.ts';

const id = z.number().int().positive();
/** Looked at as a whole: there may be 50,000. */
const ids = z.custom<number[]>((list) => Array.isArray(list) && list.every((one) => Number.isInteger(one) && one > 0));

/** A person as the user made it. */
export const PersonRow = z.object({
  name: z.string().nullable(),
  hidden: z.boolean(),
  cover: id.nullable(),
  /** Ms since 1970 as if UTC. Journals from before it was asked for have none. */
  birth: z.number().int().nullable().default(null),
});
export type PersonRow = z.infer<typeof PersonRow>;

/** A person of whom nothing is said. */
export const blankPerson: PersonRow = { name: null, hidden: false, cover: null, birth: null };

export const Label = z.object({ person: id, strength: z.enum(['confirmed', 'accepted']) });
export type Label = z.infer<typeof Label>;

/**
 * One step of an action: the same rows of one table before and after. Faces that changed alike share a step, so
 * that merging 10,000 faces writes a list of numbers and runs a few statements.
 */
export const Change = z.discriminatedUnion('table', [
  z.object({
    table: z.literal('person'),
    id,
    before: PersonRow.nullable(),
    after: PersonRow.nullable(),
    /** Whom a person who goes becomes part of. */
    into: id.optional(),
  }),
  z.object({ table: z.literal('label'), faces: ids, before: Label.nullable(), after: Label.nullable() }),
  z.object({ table: z.literal('rejection'), faces: ids, person: id, before: z.boolean(), after: z.boolean() }),
  z.object({ table: z.literal('not_face'), faces: ids, before: z.boolean(), after: z.boolean() }),
  /** Whether faces that the user drew are there. */
  z.object({ table: z.literal('drawn'), faces: ids, before: z.boolean(), after: z.boolean() }),
  /** Whether faces are nobody's: a statue, a picture on a wall. */
  z.object({ table: z.literal('not_person'), faces: ids, before: z.boolean(), after: z.boolean() }),
  /** Whether it was said of two faces that they are, or are not, the same person. */
  z.object({
    table: z.literal('link'),
    id,
    faces: z.tuple([id, id]),
    same: z.boolean(),
    before: z.boolean(),
    after: z.boolean(),
  }),
  /** Whether it is kept that something said once does not hold any more. */
  z.object({ table: z.literal('overruled'), id, said: Said, before: z.boolean(), after: z.boolean() }),
  /** Whether a person may be in these photos more than once. */
  z.object({ table: z.literal('mirror'), photos: ids, before: z.boolean(), after: z.boolean() }),
  z.object({ table: z.literal('favourite'), photos: ids, before: z.boolean(), after: z.boolean() }),
  /** When it was saved, in ms since 1970; null: it is not. */
  z.object({
    table: z.literal('saved_search'),
    query: z.string(),
    before: z.number().int().nullable(),
    after: z.number().int().nullable(),
  }),
  /** The distances chosen for a version of the recognition; null: those of the model. */
  z.object({
    table: z.literal('grouping_distances'),
    version: z.string(),
    before: GroupingDistances.nullable(),
    after: GroupingDistances.nullable(),
  }),
  /** Whose face it is shown as. No fact: repaired from the facts when an action is undone or redone. */
  z.object({ table: z.literal('shown'), faces: ids, before: id.nullable(), after: id.nullable() }),
]);
export type Change = z.infer<typeof Change>;

export type Side = 'before' | 'after';
