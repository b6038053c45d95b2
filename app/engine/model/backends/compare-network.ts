import type { Network, NetworkTensor } from '../network.ts';
import { decodeModel } from '../onnx/codec.ts';
import { tensorType, type OnnxModel } from '../onnx/schema.ts';
import { readModelFile, type Pack } from '../pack.ts';
import { defaultBackend, type BackendName } from './backends.ts';
import { distanceBetween, furthest, type Distance } from './distance-between.ts';
import type { OpenNetwork } from './open-network.ts';

/** For axes that a model leaves open, in elements: two things at a time, and maps large enough for any detector. */
const openAxes = { batch: 2, side: 128 };

/**
 * Runs one network of a pack on a backend and on the default one, with the same made-up input, and holds what comes
 * out against one another.
 * @throws {Failure} `model-failed` for values that are no numbers, and what `open` throws
 */
export async function compareNetwork(
  pack: Pack,
  file: string,
  { open, backend, threads }: { readonly open: OpenNetwork; readonly backend: BackendName; readonly threads: number },
): Promise<Distance> {
  const inputs = madeUpInputs(decodeModel(await readModelFile(pack, file)));
  const run = async (name: BackendName): ReturnType<Network['run']> => {
    const network = await open(name, pack, { file, threads });
    try {
      return await network.run(inputs);
    } finally {
      await network.close();
    }
  };
  const wanted = await run(defaultBackend);
  const given = await run(backend);
  return furthest(
    [...wanted].map(([name, { data }]) => distanceBetween(given.get(name)?.data ?? new Float32Array(), data)),
  );
}

function madeUpInputs({ graph }: OnnxModel): Record<string, NetworkTensor> {
  const weights = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !weights.has(name));
  return Object.fromEntries(
    inputs.map(({ name, type }) => {
      const axes = type?.tensorType?.shape?.dim ?? [];
      const dims = axes.map(({ dimValue }, i) => dimValue ?? (i === 0 ? openAxes.batch : openAxes.side));
      const length = dims.reduce((product, size) => product * size, 1);
      // Waves of two lengths, from −1 to 1; for bytes, from 0 to 255.
      const wave = (i: number): number => Math.sin(i / 7) * Math.cos(i / 911);
      const isBytes = type?.tensorType?.elemType === tensorType.uint8;
      const data = isBytes
        ? Uint8Array.from({ length }, (_, i) => 127.5 + 127 * wave(i))
        : Float32Array.from({ length }, (_, i) => wave(i));
      return [name, { data, dims }];
    }),
  );
}
