import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type { Parsed } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import type { ModelPack } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import { librarySettings } from '../db/library-settings.ts';
import { embedderKeys, type ReEmbedding } from '../pipeline/re-embed.ts';
import { settings } from '../settings.ts';
import { downloadBytes, readCatalogue, type Description } from './catalogue.ts';
import type { DownloadOptions } from './download.ts';
import { installFile, installPack } from './install.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './pack.ts';
import { packDirs, type ModelOptions } from './start-models.ts';

type PacksRequest = 'models.list' | 'models.add' | 'models.remove' | 'models.use' | 'models.import';

export interface PacksOptions extends Pick<ModelOptions, 'packDir' | 'userPackDir' | 'spawn'> {
  readonly userPackDir: string;
  readonly env: DownloadOptions['env'];
}

/** The face models: which there are, how to get others, and which the library uses. */
export function createPacks(
  context: EngineContext,
  reEmbedding: ReEmbedding,
  options: PacksOptions,
): Subject<PacksRequest> {
  const { packDir, userPackDir: dir, spawn, env } = options;
  const remembered = librarySettings(context.db.sql);
  // The descriptions of the packs lie beside the folder that holds those that were built from them.
  const catalogue = (): ReadonlyMap<string, Description> => readCatalogue(dirname(packDir));
  const active = (): string => remembered.get(embedderKeys.active) ?? settings.models.embedder;
  const busy = new Set<string>();

  const list = (): ModelPack[] => {
    const known = catalogue();
    const installed = installedPacks(packDirs(options));
    const used = new Set([active(), settings.models.detector]);
    const facts = ({ name, title, role, licence, source }: Manifest) => ({ name, title, role, licence, source });
    return [...new Set([...installed.keys(), ...known.keys()])].toSorted().flatMap((name) => {
      const [pack, description] = [installed.get(name), known.get(name)];
      const manifest = pack?.manifest ?? description?.manifest;
      if (!manifest) return [];
      return {
        ...facts(manifest),
        measured: description?.measured ?? null,
        installed: pack !== undefined,
        builtIn: pack?.dir === packDir,
        active: used.has(name),
        next: reEmbedding.next() === name,
        bytes: pack
          ? pack.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)
          : description
            ? downloadBytes(description)
            : 0,
      };
    });
  };
  const find = (name: string): ModelPack => {
    const pack = list().find((one) => one.name === name);
    if (!pack)
      throw new Failure('not-found', `There is no model pack called ${name}. familiar models list shows them.`);
    return pack;
  };
  /** One change of a pack at a time. */
  const alone = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    if (busy.has(name)) throw new Failure('model-in-use', `The model pack ${name} is being installed already.`);
    busy.add(name);
    try {
      await work();
    } finally {
      busy.delete(name);
    }
  };
  const refuseInUse = ({ name, active: used, next }: ModelPack): void => {
    if (used || next) {
      throw new Failure('model-in-use', `The library uses the model pack ${name}. Change to another one first.`);
    }
  };

  const add = async ({ name, from }: Parsed<'models.add'>, signal: AbortSignal): Promise<ModelPack> => {
    const { installed } = find(name);
    const description = catalogue().get(name);
    if (installed || !description) return find(name);
    await alone(name, () =>
      installPack(description, {
        dir,
        spawn,
        env,
        from,
        signal: AbortSignal.any([signal, context.closing]),
        onProgress: throttled(context.clock, (done, total) => context.emit('download', { name, done, total })),
      }),
    );
    return find(name);
  };

  const importFile = async (input: Parsed<'models.import'>, signal: AbortSignal): Promise<ModelPack> => {
    const { file, name, mean } = input;
    const there = list().find((pack) => pack.name === name);
    if (there) refuseInUse(there);
    if (there?.builtIn || catalogue().has(name)) {
      throw new Failure('bad-request', `There is a model pack called ${name} already. Choose another name.`);
    }
    const facts = {
      ...input,
      title: input.title ?? name,
      licence: input.licence ?? 'not stated',
      source: basename(file),
      mean: mean.length === 1 ? [mean[0] ?? 0, mean[0] ?? 0, mean[0] ?? 0] : mean,
    };
    await alone(name, () => installFile(file, facts, { dir, spawn, signal }));
    return find(name);
  };

  const use = async ({ name }: Parsed<'models.use'>) => {
    const { role, installed, licence } = find(name);
    if (role !== 'embedder')
      throw new Failure('bad-request', `${name} finds faces; only what tells them apart is chosen.`);
    if (!installed) {
      throw new Failure(
        'model-missing',
        `${name} (${licence}) is not installed. Run familiar models add ${name} first.`,
      );
    }
    if (name !== active()) return { job: await reEmbedding.start(name) };
    await reEmbedding.cancel();
    return { job: null };
  };

  const next = reEmbedding.next();
  if (next !== null) setImmediate(() => goOn(context, reEmbedding, next));

  return {
    handlers: {
      'models.list': list,
      'models.add': add,
      'models.remove': async ({ name }) => {
        const pack = find(name);
        refuseInUse(pack);
        if (pack.builtIn) throw new Failure('bad-request', `The model pack ${name} came with Familiar and stays.`);
        await alone(name, () => rm(join(dir, name), { recursive: true, force: true }));
        await rm(join(dir, `.getting-${name}`), { recursive: true, force: true });
        return {};
      },
      'models.use': use,
      'models.import': importFile,
    },
  };
}

function goOn(context: EngineContext, reEmbedding: ReEmbedding, name: string): void {
  if (context.closing.aborted) return;
  reEmbedding.resume(name).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    context.emit('notice', { message: `The change to ${name} cannot go on: ${message}` });
  });
}

/** By name; the first folder that has a pack counts. One that is damaged is left out: it can be added again. */
function installedPacks(
  dirs: readonly string[],
): ReadonlyMap<string, { readonly dir: string; readonly manifest: Manifest }> {
  const found = new Map<string, { readonly dir: string; readonly manifest: Manifest }>();
  for (const dir of dirs.toReversed()) {
    if (!existsSync(dir)) continue;
    for (const name of readdirSync(dir)) {
      const manifest = name.startsWith('.') ? null : readManifest(dir, name);
      if (manifest) found.set(name, { dir, manifest });
    }
  }
  return found;
}

/** Passes at most a few calls a second on, and the last. */
function throttled(
  clock: () => number,
  pass: (done: number, total: number) => void,
): (done: number, total: number) => void {
  let passedAt = -Infinity;
  return (done, total) => {
    if (done < total && clock() - passedAt < settings.download.progressMs) return;
    passedAt = clock();
    pass(done, total);
  };
}
