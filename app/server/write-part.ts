import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Failure } from '../contract/errors.ts';
import { limits } from './limits.ts';

/**
 * Writes what a page sends into the new file `part`.
 * @returns the SHA-256 of what was written
 */
export async function writePart(bytes: Readable, part: string): Promise<string> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform: (chunk: Buffer, _, done) => {
      size += chunk.length;
      hash.update(chunk);
      if (size > limits.uploadBytes) done(new Failure('picture-too-large', 'the file is larger than 1 GB'));
      else done(null, chunk);
    },
  });
  // A sender destroyed half read could not be told the reason any more.
  await pipeline(
    bytes.iterator({ destroyOnReturn: false }),
    measure,
    createWriteStream(part, { flags: 'wx', mode: 0o600 }),
  );
  return hash.digest('hex');
}

/** What went wrong while writing, as the page is told. */
export function writeFailure(error: unknown): unknown {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Failure('disk-full', 'the disk with the library is full');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Failure('no-permission', 'no permission to write into the library folder');
  }
  return error;
}

export const errorCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
