import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import { connect, type Remote } from '../../workers/channel.ts';
import type { Spawn } from '../../workers/spawn.ts';
import { settings } from '../settings.ts';
import { downloadBytes, type Description, type UrlSource } from './catalogue.ts';
import { download, type DownloadOptions } from './download.ts';
import type { ImportFacts } from './import-model.ts';
import type { Manifest } from './manifest.ts';
import type { PackService } from './pack-service.ts';

export interface InstallOptions {
  /** Where packs go, one folder each. */
  readonly dir: string;
  readonly spawn: Spawn;
  readonly env: DownloadOptions['env'];
  readonly signal: AbortSignal;
  /** Another address to get the files from, instead of those of the catalogue. */
  readonly from?: string | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Fetches the parts of a pack of the catalogue, makes the pack, runs it and puts it in its place: whole or not at all.
 * What was fetched before a failure or a cut is kept for the next try, unless it is wrong.
 * @throws {Failure} what `download` and the pack process throw
 */
export async function installPack(description: Description, options: InstallOptions): Promise<void> {
  const { name } = description.manifest;
  const work = join(options.dir, `.getting-${name}`);
  await mkdir(work, { recursive: true });
  await downloadAll(description, work, options);
  await inPlace(name, options.dir, (into) =>
    inPackProcess(options.spawn, options.signal, (packs) =>
      packs.build({ description, dir: work, into }, options.signal),
    ),
  );
  await rm(work, { recursive: true, force: true });
}

/**
 * Makes a pack of a model file and puts it in its place.
 * @throws {Failure} what `importModel` throws; `missing` where the file cannot be read
 */
export async function installFile(
  file: string,
  facts: ImportFacts,
  { dir, spawn, signal }: Pick<InstallOptions, 'dir' | 'spawn' | 'signal'>,
): Promise<Manifest> {
  return inPlace(facts.name, dir, (into) =>
    inPackProcess(spawn, signal, (packs) => packs.import({ file, facts, into }, signal)),
  );
}

async function downloadAll(description: Description, work: string, options: InstallOptions): Promise<void> {
  const total = downloadBytes(description);
  const parts = new Map<string, number>();
  let done = 0;
  const tell = (name: string, bytes: number): void => {
    done += bytes - (parts.get(name) ?? 0);
    parts.set(name, bytes);
    options.onProgress?.(done, total);
  };
  const halt = new AbortController();
  const signal = AbortSignal.any([options.signal, halt.signal]);
  for (const source of description.sources) {
    if (!('urls' in source)) continue;
    const waiting = [...source.files];
    const fetchSome = async (): Promise<void> => {
      try {
        for (let file = waiting.shift(); file; file = waiting.shift()) {
          await fetchOne(source, file, work, { ...options, signal }, tell);
        }
      } catch (error) {
        // One that cannot be had makes the others useless; they have ended when this function does.
        if (!halt.signal.aborted) halt.abort(error);
      }
    };
    await Promise.all(Array.from({ length: settings.download.files }, fetchSome));
    halt.signal.throwIfAborted();
  }
}

async function fetchOne(
  { urls }: UrlSource,
  { name, bytes, sha256 }: UrlSource['files'][number],
  work: string,
  { from, signal, env }: InstallOptions,
  tell: (name: string, bytes: number) => void,
): Promise<void> {
  const bases = from === undefined ? urls : [from.endsWith('/') ? from : `${from}/`];
  const wanted = { urls: bases.map((base) => new URL(name, base).href), path: join(work, name), bytes, sha256 };
  await download(wanted, { signal, env, onProgress: (part) => tell(name, part) });
}

/** Lets `make` fill a new folder, which then takes the place of the pack. */
async function inPlace<T>(name: string, dir: string, make: (into: string) => Promise<T>): Promise<T> {
  const fresh = join(dir, `.making-${name}`);
  await rm(fresh, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  try {
    const made = await make(fresh);
    await rm(join(dir, name), { recursive: true, force: true });
    await rename(fresh, join(dir, name));
    return made;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** What is made there is run there first: a model that brings its runtime down, or never ends, harms nothing else. */
async function inPackProcess<T>(
  spawn: Spawn,
  signal: AbortSignal,
  work: (packs: Remote<PackService>) => Promise<T>,
): Promise<T> {
  const worker = spawn('pack');
  const connection = connect<PackService>(worker.port);
  worker.onDeath((reason) => {
    const message = `The model brought down what ran it, so it was not installed (${reason}). Choose another model.`;
    connection.fail(new Failure('model-damaged', message));
  });
  const stop = (): void => connection.fail(new Failure('cancelled', 'cancelled'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await work(connection.remote);
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.close();
  }
}
