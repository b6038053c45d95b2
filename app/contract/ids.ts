import { z } from 'zod';

/** Ids are positive integers, branded so that a photo is never taken for a face. They are never reused. */
const id = z.number().int().positive();

export const PhotoId = id.brand<'PhotoId'>();
export type PhotoId = z.infer<typeof PhotoId>;

export const FaceId = id.brand<'FaceId'>();
export type FaceId = z.infer<typeof FaceId>;

export const PersonId = id.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

export const JobId = id.brand<'JobId'>();
export type JobId = z.infer<typeof JobId>;

export const ActionId = id.brand<'ActionId'>();
export type ActionId = z.infer<typeof ActionId>;

/** A version of what was learnt: see tuning.ts. */
export const HeadId = id.brand<'HeadId'>();
export type HeadId = z.infer<typeof HeadId>;
