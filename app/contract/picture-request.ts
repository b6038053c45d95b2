import { z } from 'zod';

import { FaceId, PhotoId } from './ids.ts';

/** Which picture a URL of `picture-urls.ts` stands for. */
export const PictureRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('thumb'), id: PhotoId, size: z.enum(['s', 'l']) }),
  z.object({ kind: z.literal('photo'), id: PhotoId }),
  z.object({ kind: z.literal('face'), id: FaceId }),
]);
export type PictureRequest = z.infer<typeof PictureRequest>;

/**
 * Reads the parts of a picture's URL, which may come from anywhere.
 * @param path what follows the kind: `/12`
 * @returns null where the parts name no picture
 */
export function parsePictureRequest(kind: string, path: string, size: string | null): PictureRequest | null {
  const digits = /^\/(\d{1,15})$/.exec(path)?.[1];
  const parsed = PictureRequest.safeParse({ kind, id: Number(digits), size: size ?? 's' });
  return parsed.success ? parsed.data : null;
}
