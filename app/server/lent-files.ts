import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Readable } from 'node:stream';

import { safeSegments } from './inbox-name.ts';
import { limits } from './limits.ts';
import { writeFailure, writePart } from './write-part.ts';

export interface LentFiles {
  /**
   * Writes a file that a page sent to have it looked at, and gives its path. It never becomes part of the library.
   * @throws {Failure} as `Inbox.receive`
   */
  receive(name: string, bytes: Readable): Promise<string>;
  /** Removes them all. */
  close(): void;
}

/** Pictures that are compared and not kept: only the last few are there, and none when the server has ended. */
export function openLentFiles(libraryDir: string): LentFiles {
  const dir = join(libraryDir, 'inbox', '.lent');
  const paths: string[] = [];
  const close = (): void => rmSync(dir, { recursive: true, force: true });
  // What a killed program left.
  close();
  return {
    receive: async (name, bytes) => {
      const path = join(dir, randomUUID() + extname(safeSegments(name).at(-1) ?? ''));
      try {
        await mkdir(dir, { recursive: true });
        await writePart(bytes, path);
      } catch (error) {
        await rm(path, { force: true });
        throw writeFailure(error);
      }
      paths.push(path);
      for (const old of paths.splice(0, Math.max(0, paths.length - limits.lentFiles))) await rm(old, { force: true });
      return path;
    },
    close,
  };
}
