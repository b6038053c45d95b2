import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';

import { createEmbed } from '../../app/engine/face/embed.ts';
import { createTestPattern } from '../../app/engine/face/test-pattern.ts';
import { openOrt } from '../../app/engine/model/engines/ort.ts';
import type { EmbedderManifest } from '../../app/engine/model/manifest.ts';
import { readModelFile, readPack } from '../../app/engine/model/pack.ts';
import { startModels } from '../../app/engine/model/start-models.ts';
import { settings } from '../../app/engine/settings.ts';
import { moved } from '../../app/workers/channel.ts';
import { spawnThread } from '../../app/workers/spawn.ts';
import { median, quartiles } from './statistics.ts';
import { table } from './table.ts';

/** Rounds of 32 faces, and of one face: enough that the median of their ratios moves by less than a hundredth. */
const rounds = { 1: 120, 32: 12 } as const;
const batches = [1, 32] as const;

type Run = () => Promise<unknown>;

/**
 * Our embedding (chips in, unit vectors out) beside plain ONNX Runtime on the same weights and the same chips, one
 * thread each, in turn: within one thread, and through the model thread as the product does it.
 */
export async function measureSpeed(packDir: string, packs: readonly string[]): Promise<string> {
  const rows: string[][] = [];
  for (const name of packs) {
    const pack = readPack(packDir, name, 'embedder');
    const model = await readModelFile(pack, 'model.onnx');
    const plain = await openPlain(model, pack.manifest);
    const network = await openOrt(model, 1);
    const direct = createEmbed(network, pack.manifest, settings.face.embedBatch);
    const models = startModels({ packDir, spawn: spawnThread, threads: 1, embedder: () => name });
    const remote = await models.get();
    for (const batch of batches) {
      const files = await jpegs(pack.manifest.inputSize, batch);
      const chips = await decodeAll(files);
      for (const [from, get] of [
        ['pixels', () => Promise.resolve(chips.slice())],
        ['JPEGs, decode included', () => decodeAll(files)],
      ] as const) {
        const cpu = await inTurn(rounds[batch], {
          plain: async () => plain(await get()),
          direct: async () => direct(await get(), batch),
          thread: async () => {
            const bytes = await get();
            await remote.embed(moved({ chips: bytes, count: batch }, [bytes.buffer]));
          },
        });
        const ms = (median(cpu.plain) / batch).toFixed(2);
        rows.push([name, from, String(batch), ms, ratio(cpu.direct, cpu.plain), ratio(cpu.thread, cpu.plain)]);
      }
    }
    await models.close();
    await network.close();
  }
  return table(['pack', 'from', 'batch', 'plain, CPU ms a face', 'ours ÷ plain', 'model thread ÷ plain'], rows);
}

/** What anybody would write: the session as it comes, and a loop that turns bytes into floats. */
async function openPlain(
  model: Uint8Array,
  { inputSize: side, normalisation: { mean, scale } }: EmbedderManifest,
): Promise<(chips: Uint8Array) => Promise<unknown>> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const area = side * side;
  return (chips) => {
    const data = new Float32Array(chips.length);
    const count = chips.length / (3 * area);
    for (let face = 0; face < count; face++) {
      for (let c = 0; c < 3; c++) {
        const [from, to] = [3 * area * face + c, area * (3 * face + c)];
        for (let i = 0; i < area; i++) data[to + i] = ((chips[from + 3 * i] ?? 0) - (mean[c] ?? 0)) / scale;
      }
    }
    return session.run({ [session.inputNames[0] ?? '']: new Tensor('float32', data, [count, 3, side, side]) });
  };
}

async function jpegs(side: number, count: number): Promise<Buffer[]> {
  const raw = { width: side, height: side, channels: 3 } as const;
  const file = await sharp(createTestPattern(side, side).data, { raw }).jpeg({ quality: 90 }).toBuffer();
  return Array.from({ length: count }, () => file);
}

async function decodeAll(files: readonly Buffer[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(Buffer.concat(await Promise.all(files.map((file) => sharp(file).raw().toBuffer()))));
}

/** CPU of each, round by round. CPU rather than wall time: other programs on the machine do not count. */
async function inTurn<K extends string>(times: number, runs: Record<K, Run>): Promise<Record<K, number[]>> {
  const names = Object.keys(runs) as K[];
  const cpu = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (const name of names) await runs[name]();
  for (let round = 0; round < times; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) cpu[name].push(await cpuOf(runs[name]));
  }
  return cpu;
}

/** The median over the rounds, and between which values the middle half of them lies. */
function ratio(ours: readonly number[], plain: readonly number[]): string {
  const ratios = ours.map((ms, i) => ms / (plain[i] ?? NaN));
  const [low, high] = quartiles(ratios);
  return `${median(ratios).toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

/** Milliseconds of CPU that the whole process spends on it, all threads together. */
async function cpuOf(run: Run): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
