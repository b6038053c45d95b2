/**
 * Runs batches of changing size on one runtime and prints what its memory did: `BACKEND BATCHES`. Most are O-Net on 1 to
 * 8 places, which is quick; each fiftieth is the embedder on 1 to 4 faces.
 */
import { createEmbed } from '../../app/engine/face/embed.ts';
import { createTestPattern } from '../../app/engine/face/test-pattern.ts';
import type { BackendName } from '../../app/engine/model/backends/backends.ts';
import { openNetwork } from '../../app/engine/model/backends/open-network.ts';
import type { Network } from '../../app/engine/model/network.ts';
import { readPack } from '../../app/engine/model/pack.ts';
import { findInstallation } from '../../app/workers/installation.ts';
import type { Memory } from './leaks.ts';

const sessions = 60;
const onetSide = 48;

const [name = 'ort-cpu', batchesText = '10000'] = process.argv.slice(2);
const backend = name as BackendName;
const batches = Number(batchesText);
const { packDir } = findInstallation(import.meta.dirname);
const detector = readPack(packDir, 'ultra-light', 'detector');
const embedder = readPack(packDir, 'fr-feature', 'embedder');

const openOnet = (): Promise<Network> => openNetwork(backend, detector, { file: 'onet.onnx', threads: 1 });
const openEmbedder = (): Promise<Network> => openNetwork(backend, embedder, { threads: 1 });
const onet = await openOnet().catch(() => null);
console.log(JSON.stringify(onet ? await measure(onet, await openEmbedder()) : null));
process.exit(0);

async function measure(judge: Network, describe: Network): Promise<Memory> {
  const embed = createEmbed(describe, embedder.manifest, 4);
  const { inputSize } = embedder.manifest;
  const faces = createTestPattern(inputSize, 4 * inputSize).data;
  const places = createTestPattern(onetSide, 8 * onetSide).data;
  const run = async (i: number): Promise<void> => {
    const [few, many] = [1 + (i % 4), 1 + (i % 8)];
    if (i % 50 === 0) await embed(faces.subarray(0, (few * faces.length) / 4), few);
    const data = places.subarray(0, (many * places.length) / 8);
    await judge.run({ image: { data, dims: [many, onetSide, onetSide, 3] } });
  };
  await run(0);
  const before = await countTensors();
  const rss: number[] = [];
  for (let i = 1; i <= batches; i++) {
    await run(i);
    if (i % Math.ceil(batches / 10) === 0) rss.push(residentMegabytes());
  }
  const after = await countTensors();
  await Promise.all([judge.close(), describe.close()]);
  const left = await countTensors();
  return {
    batches,
    rss,
    tensors: before === null ? null : [before, after ?? 0, left ?? 0],
    sessions: await openAndClose(),
  };
}

/** Memory as models are opened, run once and closed over and over. */
async function openAndClose(): Promise<number[]> {
  const rss: number[] = [];
  for (let i = 0; i <= sessions; i++) {
    const network = await openEmbedder();
    await network.close();
    if (i % (sessions / 3) === 0) rss.push(residentMegabytes());
  }
  return rss;
}

async function countTensors(): Promise<number | null> {
  if (backend.startsWith('ort-')) return null;
  const tf = await import('@tensorflow/tfjs-core');
  return tf.memory().numTensors;
}

/** After everything that can be collected is. */
function residentMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}
