/**
 * Measures the import on real photos: `npm run bench:import [PHOTOS]` (default: all there are).
 * Prints rates, the CPU of each stage run alone against that of the whole pipeline, how busy the cores are, memory
 * at 500 and at 5,000 photos, and the longest that the engine's and the main thread were blocked.
 * Each measurement has a process of its own, because memory and CPU are counted per process.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { Job } from '../app/contract/model.ts';
import { openEngine } from '../app/engine/engine.ts';
import type { IndexService } from '../app/engine/vector/index-service.ts';
import type { MediaService } from '../app/engine/image/media-service.ts';
import { startModels } from '../app/engine/model/start-models.ts';
import { createStages } from '../app/engine/pipeline/stages.ts';
import { walk } from '../app/engine/scan/walk.ts';
import { connect } from '../app/workers/channel.ts';
import { findInstallation } from '../app/workers/installation.ts';
import { limitArenas } from '../app/workers/limit-arenas.ts';
import { createPool } from '../app/workers/pool.ts';
import { spawnThread } from '../app/workers/spawn.ts';
import { startEngine } from '../app/workers/start-engine.ts';
import { demoDir, shared, sharedDir } from '../test/fixtures/photos.ts';

limitArenas();
const threads = availableParallelism();
const { packDir, version } = findInstallation(import.meta.dirname);

interface Usage {
  readonly wall: number;
  readonly cpu: number;
}

interface PipelineResult extends Usage {
  readonly photos: number;
  readonly faces: number;
  readonly failed: number;
  /** MB. */
  readonly rss: number;
  /** Milliseconds. */
  readonly blocked: number;
}

type StageResult = Record<'read' | 'detect' | 'cut' | 'embed' | 'index', Usage> & { readonly photos: number };

const modes: Readonly<Record<string, (dir: string, count: number) => Promise<unknown>>> = {
  stages: measureStages,
  engine: measureEngine,
  host: measureHost,
};

const [mode, folder, countText] = process.argv.slice(2);
const chosen = mode === undefined ? undefined : modes[mode];
if (chosen && folder) {
  console.log(JSON.stringify(await chosen(folder, Number(countText))));
  process.exit(0);
} else {
  report(Number(mode ?? 1e9));
}

/** Two views of the same photos: under other paths they are photos of their own, read and detected again. */
function gatherPhotos(): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-bench-photos-'));
  for (const view of ['first', 'second']) {
    mkdirSync(join(dir, view));
    symlinkSync(demoDir, join(dir, view, 'demo'));
    if (!sharedDir) continue;
    for (const name of ['album', 'groups', 'gps', 'orientation', 'regions']) {
      symlinkSync(shared('data/photos', name), join(dir, view, name));
    }
    symlinkSync(shared('data/lfw-dev'), join(dir, view, 'lfw'));
  }
  return dir;
}

/** Links are followed once a walk, so that each view and set is walked by itself. */
async function firstPhotos(dir: string, count: number): Promise<string[]> {
  const paths: string[] = [];
  for (const view of ['first', 'second']) {
    for (const set of ['demo', 'album', 'groups', 'gps', 'orientation', 'regions', 'lfw']) {
      const walked = walk(join(dir, view, set), { after: null, except: [], signal: new AbortController().signal });
      for await (const met of walked) if ('path' in met && !met.failure) paths.push(met.path);
    }
  }
  return paths.slice(0, count);
}

async function usage(work: () => Promise<void>): Promise<Usage> {
  const [before, began] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - began) / 1e3, cpu: (user + system) / 1e6 };
}

/** Each stage alone, over chunks that fit in memory. */
async function measureStages(dir: string, count: number): Promise<StageResult> {
  const files = (await firstPhotos(dir, count)).map((path) => ({ path, size: 0, mtime_ms: 0, crashes: 0 }));
  const library = mkdtempSync(join(tmpdir(), 'familiar-bench-'));
  const media = createPool<MediaService>(spawnThread, 'media', threads);
  const models = startModels({ packDir, spawn: spawnThread, threads });
  const context = { dir: library, media: media.remote, packs: models.packs };
  const stages = createStages(context, await models.get(), new AbortController().signal);
  const sums = { read: none(), detect: none(), cut: none(), embed: none(), index: none() };
  const index = connect<IndexService>(spawnThread('index').port).remote;
  const { embedder, embeddingVersion } = models.packs();
  await index.open({ dir: join(library, 'index'), version: embeddingVersion, dimensions: embedder.dimensions });
  let lastFace = 0;
  const add = async (stage: keyof typeof sums, work: () => Promise<void>): Promise<void> => {
    const { wall, cpu } = await usage(work);
    sums[stage] = { wall: sums[stage].wall + wall, cpu: sums[stage].cpu + cpu };
  };
  for (let at = 0; at < files.length; at += 64) {
    let read: Awaited<ReturnType<typeof stages.read>>[] = [];
    let detected: Awaited<ReturnType<typeof stages.detect>> = [];
    let cut: Awaited<ReturnType<typeof stages.cut>>[] = [];
    await add('read', async () => {
      read = await Promise.all(files.slice(at, at + 64).map((file) => stages.read(file)));
    });
    await add('detect', async () => {
      detected = await stages.detect(read.map((picture) => ({ ...picture, photoId: 1 })));
    });
    await add('cut', async () => {
      cut = await Promise.all(detected.map((photo) => stages.cut(photo)));
    });
    let vectors: Float32Array[] = [];
    await add('embed', async () => {
      vectors = (await stages.embed(cut)).flatMap((photo) => photo.vectors);
    });
    await add('index', async () => {
      // As many at a time as an import hands over.
      for (let from = 0; from < vectors.length; from += 6) {
        const ids = Int32Array.from(vectors.slice(from, from + 6), () => ++lastFace);
        const rows = Float32Array.from(vectors.slice(from, from + 6).flatMap((vector) => [...vector]));
        await index.add({ ids, vectors: rows });
      }
    });
  }
  rmSync(library, { recursive: true });
  return { ...sums, photos: files.length };
}

function none(): Usage {
  return { wall: 0, cpu: 0 };
}

/** The whole engine on this process's own thread, so that its blocks can be seen. */
async function measureEngine(dir: string, count: number): Promise<PipelineResult> {
  const paths = await firstPhotos(dir, count);
  const library = mkdtempSync(join(tmpdir(), 'familiar-bench-'));
  const engine = await openEngine({
    dir: library,
    packDir,
    version,
    spawn: spawnThread,
    clock: Date.now,
    random: Math.random,
    threads,
    report: (where, error) => console.error(where, error),
  });
  const result = await measureImport(engine.dispatch, (listener) => engine.on(listener), paths);
  await engine.close();
  rmSync(library, { recursive: true });
  return result;
}

/** The engine in a thread of its own, as every host has it: this thread is the main thread. */
async function measureHost(dir: string, count: number): Promise<PipelineResult> {
  const paths = await firstPhotos(dir, count);
  const library = mkdtempSync(join(tmpdir(), 'familiar-bench-'));
  const engine = await startEngine({ dir: library, packDir, version });
  const result = await measureImport(engine.dispatch, (listener) => engine.onAny(listener), paths);
  await engine.close();
  rmSync(library, { recursive: true });
  return result;
}

async function measureImport(
  dispatch: Awaited<ReturnType<typeof startEngine>>['dispatch'],
  listen: Awaited<ReturnType<typeof startEngine>>['onAny'],
  paths: readonly string[],
): Promise<PipelineResult> {
  const add = async (some: readonly string[]): Promise<Job> => {
    const over = Promise.withResolvers<Job>();
    const stop = listen((name, payload) => {
      const [job] = name === 'jobs' ? (payload as Job[]) : [];
      if (job && job.state !== 'running') over.resolve(job);
    });
    const reply = await dispatch('import.add', { paths: some }, new AbortController().signal);
    if (!reply.ok) throw new Error(reply.error.message);
    const job = await over.promise;
    stop();
    if (job.state !== 'done') throw new Error(job.problem ?? 'the import did not end');
    return job;
  };
  // The models load with the first photo, here and where the stages run alone.
  await add(paths.slice(0, 1));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let job: Job | undefined;
  delay.enable();
  const used = await usage(async () => {
    job = await add(paths.slice(1));
  });
  delay.disable();
  const { done = 0, faces = 0, failed = 0 } = job ?? {};
  const rss = process.resourceUsage().maxRSS / 1024;
  return { ...used, photos: done, faces, failed, rss, blocked: delay.max / 1e6 };
}

function report(limit: number): void {
  const dir = gatherPhotos();
  const measure = (what: string, count: number): unknown => {
    const args = [...process.execArgv, import.meta.filename, what, dir, String(Math.min(count, limit))];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
  };
  try {
    // In turn, because the machine's speed drifts: the median of the ratios is what holds.
    const rounds = Array.from({ length: 3 }, () => {
      const stages = measure('stages', 1000) as StageResult;
      const whole = measure('engine', 1000) as PipelineResult;
      const { photos, ...parts } = stages;
      const alone = Object.values(parts).reduce((sum, { cpu }) => sum + cpu, 0);
      return { photos, parts, alone, whole, ratio: whole.cpu / alone };
    }).toSorted((a, b) => a.ratio - b.ratio);
    const [, median] = rounds;
    if (!median) throw new Error('three rounds have a middle one');
    const { photos, parts, alone, whole } = median;
    const few = measure('host', 500) as PipelineResult;
    const many = measure('host', 5000) as PipelineResult;
    const perPhoto = (seconds: number): string => `${((1000 * seconds) / photos).toFixed(1)} ms`;
    const busy = ({ cpu, wall }: Usage): string => `${((100 * cpu) / wall / threads).toFixed(0)} %`;
    const rate = (result: PipelineResult): string =>
      `${(result.photos / result.wall).toFixed(1)} photos/s, ${(result.faces / result.wall).toFixed(1)} faces/s`;
    console.log(`| measure | ${photos} photos, ${threads} cores |\n| --- | --- |`);
    for (const [stage, { cpu }] of Object.entries(parts))
      console.log(`| ${stage} alone, CPU a photo | ${perPhoto(cpu)} |`);
    console.log(`| stages alone, CPU a photo | ${perPhoto(alone)} |`);
    const ratios = rounds.map(({ ratio }) => ratio.toFixed(2)).join(', ');
    console.log(`| whole import, CPU a photo | ${perPhoto(whole.cpu)} (times the stages: ${ratios}) |`);
    console.log(`| import of ${whole.photos} | ${rate(whole)}, cores ${busy(whole)} busy, ${whole.failed} failed |`);
    console.log(`| engine thread, longest block | ${whole.blocked.toFixed(0)} ms |`);
    for (const result of [few, many]) {
      console.log(`| import of ${result.photos} | ${rate(result)}, cores ${busy(result)} busy |`);
      console.log(`| main thread, longest block | ${result.blocked.toFixed(0)} ms |`);
      console.log(`| peak memory at ${result.photos} photos, ${result.faces} faces | ${result.rss.toFixed(0)} MB |`);
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
}
