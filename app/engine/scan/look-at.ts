import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import { fileKind, headBytes, isReadable } from '../image/file-kind.ts';
import { fileFailure } from './file-failure.ts';
import { promiseOf } from './file-names.ts';

/** A file that may be a photo, or one that should be and cannot. */
export interface Found {
  readonly path: string;
  /** Bytes; 0 where unknown. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly failure: Failure | null;
}

/**
 * Decides whether a file is worth reading, by its name and, where that promises nothing, by its first bytes. Null for
 * what is silently no picture. `named`: the user pointed at this very file, so silence would be no answer.
 */
export async function lookAt(path: string, named: boolean): Promise<Found | null> {
  const promise = promiseOf(basename(path));
  let [size, mtimeMs] = [0, 0];
  try {
    ({ size, mtimeMs } = await stat(path));
    const found = { path, size, mtimeMs, failure: null };
    if (promise === 'readable' || isReadable(await kindOf(path))) return found;
    if (promise === 'unknown') return named ? found : null;
    const format = extname(path).slice(1).toUpperCase();
    return { ...found, failure: new Failure('not-yet-supported', `it is ${format}, which cannot be read yet`) };
  } catch (error) {
    const failure = fileFailure(error);
    if (!(failure instanceof Failure)) throw error;
    return promise === 'unknown' && !named ? null : { path, size, mtimeMs, failure };
  }
}

async function kindOf(path: string): Promise<ReturnType<typeof fileKind>> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  return fileKind(buffer.subarray(0, bytesRead));
}
