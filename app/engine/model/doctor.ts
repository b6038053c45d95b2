import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

import type { Output } from '../../contract/api.ts';
import type { Remote } from '../../workers/channel.ts';
import type { EngineContext, Subject } from '../context.ts';
import { findDamage } from '../db/check.ts';
import { createTestPattern } from '../face/test-pattern.ts';
import { createTestPhoto, facesInTestPhoto } from '../face/test-photo.ts';
import { settings } from '../settings.ts';
import { cosine, decodeGolden, leastCosine } from './golden.ts';
import type { EmbedderManifest } from './manifest.ts';
import type { ModelService } from './model-service.ts';

type Finding = Output<'doctor.run'>[number];
type Check = (context: EngineContext) => Promise<string>;

/** Each gives what it found, or throws what is wrong and what to do. */
const checks: Readonly<Record<string, Check>> = {
  'Node.js': () => Promise.resolve(checkNode()),
  sharp: () => loads('sharp'),
  'ONNX Runtime': () => loads('onnxruntime-node'),
  hnswlib: () => loads('hnswlib-node'),
  'Model packs': checkPacks,
  Embedder: checkEmbedder,
  Detector: checkDetector,
  'Disk space': checkSpace,
  Library: checkLibrary,
};

/** Looks at everything that Familiar needs on this computer, one line each. */
export function createDoctor(context: EngineContext): Subject<'doctor.run'> {
  const look = async (name: string, check: Check): Promise<Finding> => {
    try {
      return { name, ok: true, detail: await check(context) };
    } catch (error) {
      return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  };
  return {
    handlers: {
      'doctor.run': async (_, signal) => {
        const findings: Finding[] = [];
        // One after the other: speed is measured.
        for (const [name, check] of Object.entries(checks)) {
          signal.throwIfAborted();
          findings.push(await look(name, check));
        }
        return findings;
      },
    },
  };
}

function checkNode(): string {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 24) {
    throw new Error(`This is Node.js ${process.versions.node}; 24 or newer is needed. Run npm ci, which brings it.`);
  }
  return `${process.versions.node} on ${process.platform} ${process.arch}`;
}

/** Loads a native module in a process of its own: one that aborts must not take the library along. */
async function loads(name: string): Promise<string> {
  const file = createRequire(import.meta.url).resolve(name);
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  try {
    await promisify(execFile)(process.execPath, ['-e', `require(${JSON.stringify(file)})`], { env, timeout: 30_000 });
  } catch (error) {
    throw new Error(`It does not load. Run npm ci again; a C++ compiler and Python 3 may be needed.`, { cause: error });
  }
  return 'loads';
}

async function checkPacks({ packs, models }: EngineContext): Promise<string> {
  const { detector, embedder } = packs();
  // Loading compares every file with its hash.
  await models();
  return `${detector.title}; ${embedder.title}: whole`;
}

async function checkEmbedder({ packs, models }: EngineContext): Promise<string> {
  const { embedder } = packs();
  const model = await models();
  await compareWithGolden(model, embedder);
  const chip = createTestPattern(embedder.inputSize, embedder.inputSize).data;
  const count = settings.face.embedBatch;
  const chips = new Uint8Array(count * chip.length);
  for (let i = 0; i < count; i++) chips.set(chip, i * chip.length);
  const rate = await perSecond(count, () => model.embed({ chips, count }));
  return `gives the recorded numbers; ${rate} faces a second`;
}

async function compareWithGolden(model: Remote<ModelService>, embedder: EmbedderManifest): Promise<void> {
  if (embedder.golden === undefined) return;
  const chips = new Uint8Array(createTestPattern(embedder.inputSize, embedder.inputSize).data);
  const likeness = cosine(await model.embed({ chips, count: 1 }), decodeGolden(embedder.golden));
  if (likeness >= leastCosine) return;
  throw new Error(
    `It gives other numbers than it should (cosine ${likeness.toFixed(4)}), so faces would be mixed up. ` +
      'Install Familiar again; if that does not help, this processor is not supported.',
  );
}

async function checkDetector({ models }: EngineContext): Promise<string> {
  const model = await models();
  const image = createTestPhoto();
  const [found] = await model.detect({ images: [image] });
  if (found?.length !== facesInTestPhoto) {
    throw new Error(
      `It finds ${found?.length ?? 0} faces where there are ${facesInTestPhoto}. Install Familiar again.`,
    );
  }
  const rate = await perSecond(1, () => model.detect({ images: [image] }));
  return `finds faces; ${rate} photos of 1500 × 1000 pixels a second`;
}

/** How often a second `count` things are done, from three runs after a first that warms up. */
async function perSecond(count: number, run: () => Promise<unknown>): Promise<number> {
  await run();
  const start = performance.now();
  for (let i = 0; i < 3; i++) await run();
  return Math.round((3000 * count) / (performance.now() - start));
}

async function checkSpace({ dir }: EngineContext): Promise<string> {
  const { bavail, bsize } = await statfs(dir);
  const free = (bavail * bsize) / 1e9;
  if (free < settings.doctor.leastFreeGigabytes) {
    throw new Error(`Only ${free.toFixed(1)} GB are free where the library is. Free some space.`);
  }
  return `${free.toFixed(0)} GB free in ${dir}`;
}

async function checkLibrary({ dir, db }: EngineContext): Promise<string> {
  await access(dir, constants.R_OK | constants.W_OK).catch((error: unknown) => {
    throw new Error(`The folder ${dir} cannot be written. Change its permissions.`, { cause: error });
  });
  const damage = findDamage(db.sql);
  if (damage) throw new Error(`The library is damaged (${damage}). Restore a backup of ${dir}.`);
  return `${dir} is whole`;
}
