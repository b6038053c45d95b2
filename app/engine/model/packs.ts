import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type { Parsed } from '../../contract/api.ts';
import { describeFailure, Failure } from '../../contract/errors.ts';
import type { ModelPack } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import { librarySettings } from '../db/library-settings.ts';
import { embedderKeys, type ReEmbedding } from '../pipeline/re-embed.ts';
import { settings } from '../settings.ts';
import { readCatalogue, type Description } from './catalogue.ts';
import type { DownloadOptions } from './download.ts';
import { installFile, installPack } from './install.ts';
import { listPacks } from './list-packs.ts';
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
  const list = (): ModelPack[] =>
    listPacks(
      { dirs: packDirs(options), builtIn: packDir, catalogue: catalogue() },
      { active: [active(), settings.models.detector], next: reEmbedding.next() },
    );
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
    // The change that was to be taken back may have come to its end just before.
    return { job: name === active() ? null : await reEmbedding.start(name) };
  };

  setImmediate(() => {
    if (!context.closing.aborted) reEmbedding.goOn().catch((error: unknown) => tellStuck(context, error));
  });

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

function tellStuck({ emit, closing }: EngineContext, error: unknown): void {
  const { code, message } = describeFailure(error);
  if (code === 'cancelled' || closing.aborted) return;
  emit('notice', { message: `The change to another face model cannot go on: ${message}` });
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
