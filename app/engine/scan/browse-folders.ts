import { existsSync } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import type { Output } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import { fileFailure } from './file-failure.ts';
import { isHidden, isSystemFolder, promiseOf } from './file-names.ts';

type Listing = Output<'folders.browse'>;

/** Above the drives of Windows there is one more level, which has no path there. */
const drives = '/';
const isWindows = process.platform === 'win32';

/** The folders in `path`, by name, and how many pictures lie directly in it. @throws {Failure} `missing`, `no-permission` */
export async function browseFolders(path: string | null): Promise<Listing> {
  if (isWindows && path === drives) return listDrives();
  const folder = resolve(path ?? homedir());
  const up = dirname(folder);
  const parent = up !== folder ? up : isWindows ? drives : null;
  const names: string[] = [];
  let pictures = 0;
  try {
    for await (const entry of await opendir(folder, { bufferSize: 512 })) {
      const isFolder = entry.isSymbolicLink() ? await leadsToFolder(join(folder, entry.name)) : entry.isDirectory();
      if (isFolder && !isSystemFolder(entry.name)) names.push(entry.name);
      if (!isFolder && !isHidden(entry.name) && promiseOf(entry.name) === 'readable') pictures++;
    }
  } catch (error) {
    const failure = fileFailure(error);
    throw failure instanceof Failure ? new Failure(failure.code, `${folder}: ${failure.message}`) : failure;
  }
  // 'en' and not the computer's language: the same list everywhere, with 9 before 10.
  names.sort(new Intl.Collator('en', { numeric: true }).compare);
  return { path: folder, parent, pictures, folders: names.map((name) => ({ name, path: join(folder, name) })) };
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function listDrives(): Listing {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').filter((letter) => existsSync(`${letter}:\\`));
  const folders = letters.map((letter) => ({ name: `${letter}:`, path: `${letter}:\\` }));
  return { path: drives, parent: null, pictures: 0, folders };
}
