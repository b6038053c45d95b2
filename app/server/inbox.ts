import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { safeSegments } from './inbox-name.ts';
import { errorCode, writeFailure, writePart } from './write-part.ts';

export interface Inbox {
  /**
   * Writes a file that a page sent and gives its path. A name that is taken gets a number, unless the same
   * bytes are there already. What arrives in part is removed.
   * @param modified when the sender's file was last written, ms since 1970: it may be all that dates a photo
   * @throws {Failure} `picture-too-large`, `disk-full`, `no-permission`
   */
  receive(name: string, bytes: Readable, modified: number | null): Promise<string>;
}

/** The folder of a library for pictures that came without a path: `inbox/<date>/<name>`. */
export function openInbox(libraryDir: string, clock: () => number): Inbox {
  const inbox = join(libraryDir, 'inbox');
  const incoming = join(inbox, '.incoming');
  // What a killed program had half received.
  rmSync(incoming, { recursive: true, force: true });
  return {
    receive: async (name, bytes, modified) => {
      const segments = safeSegments(name);
      const part = join(incoming, randomUUID());
      try {
        await mkdir(incoming, { recursive: true });
        const hash = await writePart(bytes, part);
        if (modified !== null) await utimes(part, modified / 1000, modified / 1000);
        const folder = join(inbox, localDate(clock()), ...segments.slice(0, -1));
        await mkdir(folder, { recursive: true });
        return await place(part, hash, join(folder, segments.at(-1) ?? 'photo'));
      } catch (error) {
        throw writeFailure(error);
      } finally {
        await rm(part, { force: true });
      }
    },
  };
}

/** Gives the finished part its name, or the next one that is free. */
async function place(part: string, hash: string, wanted: string): Promise<string> {
  const { dir, name, ext } = parse(wanted);
  for (let number = 1; ; number++) {
    const path = number === 1 ? wanted : join(dir, `${name} (${number})${ext}`);
    if (await claim(path)) {
      await rename(part, path);
      return path;
    }
    if ((await hashFile(path)) === hash) return path;
  }
}

/** Takes a name by creating an empty file; a link would do it in one step, but not every file system has links. */
async function claim(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function hashFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch {
    // A folder, or not ours to read: in any case not the same file.
    return null;
  }
}

/** `2026-11-23` on the calendar of this computer. */
function localDate(ms: number): string {
  const date = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
