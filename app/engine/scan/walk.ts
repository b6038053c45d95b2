import { opendir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import { fileFailure } from './file-failure.ts';
import { isHidden, isSystemFolder } from './file-names.ts';
import { lookAt, type Found } from './look-at.ts';
import { sortInSlices } from './sort-in-slices.ts';

export interface WalkOptions {
  /** The last file met in an earlier walk of the same root: goes on after it. */
  readonly after: string | null;
  /** Folders left out, absolute. */
  readonly except: readonly string[];
  readonly signal: AbortSignal;
}

/** A folder as it is entered, or a file. */
export type Met = { readonly folder: string } | Found;

/** Files looked at together: the disk is asked for that many at a time. */
const together = 32;

interface Walk extends WalkOptions {
  /** Real path of the root: links that lead below it are left out, because their targets are met anyway. */
  readonly root: string;
  /** Real paths of folders outside the root that links have led to. */
  readonly visited: Set<string>;
}

/**
 * Meets every file below `root` that may be a photo, always in the same order: the files of a folder by name, then
 * its folders by name. What cannot be opened is met as a failure. `root` may be a single file.
 */
export async function* walk(root: string, options: WalkOptions): AsyncGenerator<Met> {
  try {
    if ((await stat(root)).isDirectory()) {
      yield* walkFolder(root, { ...options, root: await realpath(root), visited: new Set() });
    } else if (options.after === null) {
      const found = await lookAt(root, true);
      if (found) yield found;
    }
  } catch (error) {
    yield failed(root, error);
  }
}

async function* walkFolder(folder: string, walk: Walk): AsyncGenerator<Met> {
  let listed;
  try {
    listed = await list(folder, walk);
  } catch (error) {
    yield failed(folder, error);
    return;
  }
  yield { folder };
  const [filesAfter, foldersFrom] = placeIn(folder, walk.after);
  const files = (await sortInSlices(listed.files)).filter((name) => filesAfter === null || name > filesAfter);
  for (let at = 0; at < files.length; at += together) {
    if (walk.signal.aborted) return;
    const looks = files.slice(at, at + together).map((name) => lookAt(join(folder, name), false));
    for (const found of await Promise.all(looks)) if (found) yield found;
  }
  for (const name of await sortInSlices(listed.folders)) {
    if (walk.signal.aborted) return;
    if (foldersFrom === null || name >= foldersFrom) yield* walkFolder(join(folder, name), walk);
  }
}

/**
 * Where an earlier walk stopped, seen from `folder`: the last file it met there, and the folder it was in.
 * Outside of the way to that place, nothing is left out.
 */
function placeIn(folder: string, after: string | null): [filesAfter: string | null, foldersFrom: string | null] {
  const inside = folder.endsWith(sep) ? folder : folder + sep;
  if (!after?.startsWith(inside)) return [null, null];
  const [first, ...deeper] = after.slice(inside.length).split(sep);
  // Every file of a folder comes before its first folder, and no name is greater than the last code unit.
  return deeper.length > 0 ? ['\uffff', first ?? ''] : [first ?? '', null];
}

async function list(folder: string, walk: Walk): Promise<{ files: string[]; folders: string[] }> {
  const files: string[] = [];
  const folders: string[] = [];
  for await (const entry of await opendir(folder, { bufferSize: 512 })) {
    if (walk.signal.aborted) break;
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) {
      const kind = await linkLeadsTo(path, walk);
      if (kind === 'folder' && !isSystemFolder(entry.name)) folders.push(entry.name);
      if (kind === 'file' && !isHidden(entry.name)) files.push(entry.name);
    } else if (entry.isDirectory()) {
      if (!isSystemFolder(entry.name) && !walk.except.includes(path)) folders.push(entry.name);
    } else if (entry.isFile() && !isHidden(entry.name)) {
      files.push(entry.name);
    }
  }
  return { files, folders };
}

/** What a link adds to the walk; null where it leads to what is met anyway, in a circle, or nowhere. */
async function linkLeadsTo(path: string, walk: Walk): Promise<'file' | 'folder' | null> {
  try {
    const target = await realpath(path);
    const isBelow = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(outer + sep);
    if (isBelow(target, walk.root) || isBelow(walk.root, target)) return null;
    if ([...walk.visited].some((seen) => isBelow(target, seen))) return null;
    const found = await stat(target);
    if (!found.isDirectory()) return found.isFile() ? 'file' : null;
    walk.visited.add(target);
    return 'folder';
  } catch {
    // A link whose target is gone is no photo that was lost here.
    return null;
  }
}

function failed(path: string, error: unknown): Found {
  const failure = fileFailure(error);
  if (!(failure instanceof Failure)) throw error;
  return { path, size: 0, mtimeMs: 0, failure };
}
