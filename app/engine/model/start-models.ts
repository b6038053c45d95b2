import type { Remote } from '../../workers/channel.ts';
import type { Spawn } from '../../workers/spawn.ts';
import type { Packs } from '../context.ts';
import { detectStageVersion } from '../face/detect/open-detector.ts';
import { settings } from '../settings.ts';
import { defaultBackend, type BackendName } from './backends/backends.ts';
import type { ModelService } from './model-service.ts';
import { startModelThread, type ModelThread } from './model-thread.ts';
import { folderWithPack, readPack } from './pack.ts';

export interface Models {
  /** Reads the manifests, once. @throws {Failure} `model-missing`, `model-damaged` */
  readonly packs: () => Packs;
  /**
   * The models, in a few threads that are started and loaded at the first call; each call goes to the one with the
   * least to do. What is given stays good when a thread dies: its calls in hand fail with `worker-died`.
   * @throws {Failure} `model-missing`, `model-damaged`, `worker-died` after too many deaths
   */
  readonly get: () => Promise<Remote<ModelService>>;
  /** The embedder is another one now: calls from here on get it. */
  readonly reload: () => void;
  /** Waits for the runs in flight: ending a thread within one takes the program down. */
  readonly close: () => Promise<void>;
}

export interface ModelOptions {
  /** The packs that Familiar comes with, one folder each. */
  readonly packDir: string;
  /** Those that the user has added; they go first. */
  readonly userPackDir?: string;
  /** Name of the active embedder; else that of the settings. */
  readonly embedder?: () => string;
  readonly spawn: Spawn;
  /** What runs these packs best here; else the default. Asked at each start of a thread. */
  readonly backend?: (packs: Packs) => BackendName;
  /** Hears that a backend did not start or run after all, in words. From then on `backend` gives another. */
  readonly onRefused?: (backend: BackendName, reason: string) => void;
  /** Cores that the models may use. */
  readonly threads: number;
}

/**
 * A run of a small network gains little from a second core; two runs side by side do. So the cores are shared out to
 * a few model threads (`count`), each with its part of the cores for one run (`threads`).
 */
export function shareThreads(cores: number): { readonly count: number; readonly threads: number } {
  const count = Math.min(cores, settings.models.threads);
  return { count, threads: Math.floor(cores / count) };
}

/** Names the models and the threads that run them; nothing is read or started before it is asked for. */
export function startModels(options: ModelOptions): Models {
  const dirs = packDirs(options);
  const names = (): { detector: string; embedder: string } => ({
    detector: settings.models.detector,
    embedder: options.embedder?.() ?? settings.models.embedder,
  });
  const { count, threads } = shareThreads(options.threads);
  let known: Packs | undefined;
  const packs = (): Packs => (known ??= readPacks(dirs, names()));
  const what = (): Parameters<ModelService['open']>[0] => {
    const backend = options.backend?.(packs()) ?? defaultBackend;
    return { dirs, ...names(), backend, threads };
  };
  const members: readonly ModelThread[] = Array.from({ length: count }, () =>
    startModelThread(options.spawn, what, options.onRefused),
  );

  const idlest = (): Remote<ModelService> => {
    const [first, ...others] = members;
    if (!first) throw new Error('there is at least one model thread');
    return others.reduce((best, member) => (member.waiting() < best.waiting() ? member : best), first).remote;
  };
  const remote: Remote<ModelService> = {
    open: (input, signal) => idlest().open(input, signal),
    detect: (input, signal) => idlest().detect(input, signal),
    embed: (input, signal) => idlest().embed(input, signal),
  };

  return {
    packs,
    reload: () => {
      known = undefined;
      for (const member of members) member.reload();
    },
    get: async () => {
      await Promise.all(members.map((member) => member.ready()));
      return remote;
    },
    close: async () => {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

/** Where packs are looked for, in order. */
export function packDirs({ packDir, userPackDir }: Pick<ModelOptions, 'packDir' | 'userPackDir'>): string[] {
  return userPackDir === undefined ? [packDir] : [userPackDir, packDir];
}

function readPacks(dirs: readonly string[], names: { readonly detector: string; readonly embedder: string }): Packs {
  const detector = readPack(folderWithPack(dirs, names.detector), names.detector, 'detector');
  const embedder = readPack(folderWithPack(dirs, names.embedder), names.embedder, 'embedder');
  return {
    detector: detector.manifest,
    embedder: embedder.manifest,
    detectorVersion: `${detector.hash}-${detectStageVersion}`,
    embeddingVersion: embedder.hash,
  };
}
