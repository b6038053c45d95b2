import { z } from 'zod';

const id = z.number().int().positive();
const pair = z.tuple([id, id]);

/** A statement of the user that a newer one may overrule, as it is kept for being put back. */
export const Said = z.discriminatedUnion('kind', [
  /** Two faces are, or are not, the same person, whoever that is. */
  z.object({ kind: z.enum(['same', 'different']), faces: pair }),
  /** Faces are, or are not, a person. */
  z.object({ kind: z.enum(['is', 'is-not']), faces: z.array(id).min(1), person: id }),
]);
export type Said = z.infer<typeof Said>;
