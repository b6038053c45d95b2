import { open, stat } from 'node:fs/promises';

import { Failure } from '../../contract/errors.ts';
import { fileFailure } from '../scan/file-failure.ts';
import { settings } from '../settings.ts';
import { fileKind, headBytes, isReadable, type FileKind } from './file-kind.ts';

export interface FileRead {
  readonly bytes: Uint8Array;
  readonly kind: FileKind;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * Reads a picture file into memory, once it has shown by size and signature that it is worth it.
 * @throws {Failure} `missing`, `no-permission`, `unreadable`, `empty-file`, `not-a-picture`, `not-yet-supported`,
 * `picture-too-large`
 */
export async function readPictureFile(path: string): Promise<FileRead> {
  try {
    // Before opening: to open a pipe is to wait for its writer.
    if (!(await stat(path)).isFile()) throw new Failure('not-a-picture', 'it is no file');
    await using file = await open(path);
    const { size, mtimeMs } = await file.stat();
    const head = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const kind = checkedKind(head.buffer.subarray(0, head.bytesRead), size);
    const bytes = Buffer.allocUnsafeSlow(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await file.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { bytes: bytes.subarray(0, filled), kind, size, mtimeMs };
  } catch (error) {
    throw fileFailure(error);
  }
}

function checkedKind(head: Uint8Array, size: number): FileKind {
  if (size === 0) throw new Failure('empty-file', 'the file is empty (0 bytes)');
  const kind = fileKind(head);
  if (kind === null) throw new Failure('not-a-picture', 'its contents are no picture, whatever its name says');
  if (!isReadable(kind)) {
    throw new Failure(
      'not-yet-supported',
      `it is ${kind.replace(/^.*\//, '').toUpperCase()}, which cannot be read yet`,
    );
  }
  if (size > settings.import.fileBytes) {
    throw new Failure('picture-too-large', `the file has ${Math.round(size / 2 ** 20)} MB, more than can be read`);
  }
  return kind;
}
