import { Failure } from '../../contract/errors.ts';
import type { EmbedderManifest } from '../model/manifest.ts';
import type { Network } from '../model/network.ts';

/**
 * `count` aligned RGB chips of `inputSize² × 3` bytes to as many embeddings of L2 norm 1, row after row.
 */
export type Embed = (chips: Uint8Array, count: number) => Promise<Float32Array<ArrayBuffer>>;

/**
 * Prepares chips as the manifest says and normalises what comes out. Larger counts are run in parts of `batch`, or of
 * what the model takes.
 * @throws {Failure} `model-damaged` where the vectors have another length than the manifest says
 */
export function createEmbed(network: Network, manifest: EmbedderManifest, batch: number): Embed {
  const { inputSize, dimensions } = manifest;
  const [input = ''] = network.inputs;
  const [output = ''] = network.outputs;
  const bytes = 3 * inputSize * inputSize;
  const most = Math.min(batch, manifest.batch ?? batch);
  // What goes in is written over what went in before: fresh memory costs as much time as the sums. A second call that
  // comes meanwhile finds none.
  let spare: Float32Array | undefined;
  return async (chips, count) => {
    if (chips.length !== bytes * count) {
      throw new Failure('internal', `${count} chips of ${bytes} bytes were promised, ${chips.length} bytes came`);
    }
    const embeddings = new Float32Array(count * dimensions);
    for (let start = 0; start < count; start += most) {
      const part = Math.min(most, count - start);
      const room = spare && spare.length >= bytes * part ? spare : new Float32Array(bytes * part);
      spare = undefined;
      const data = room.subarray(0, bytes * part);
      prepare(chips.subarray(bytes * start, bytes * (start + part)), part, manifest, data);
      const dims = manifest.layout === 'nchw' ? [part, 3, inputSize, inputSize] : [part, inputSize, inputSize, 3];
      const vectors = (await network.run({ [input]: { data, dims } })).get(output);
      spare = room;
      if (vectors?.data.length !== part * dimensions) {
        throw new Failure('model-damaged', `the model ${manifest.name} does not give vectors of ${dimensions} numbers`);
      }
      embeddings.set(vectors.data, start * dimensions);
    }
    normaliseRows(embeddings, dimensions);
    return embeddings;
  };
}

/** Bytes to floats in the model's layout and colour order, (value − mean) / scale, into `data`. */
function prepare(chips: Uint8Array, count: number, manifest: EmbedderManifest, data: Float32Array): void {
  const { inputSize, layout, colour, normalisation } = manifest;
  const area = inputSize * inputSize;
  const planar = layout === 'nchw';
  for (let c = 0; c < 3; c++) {
    const channel = colour === 'rgb' ? c : 2 - c;
    const mean = normalisation.mean[c] ?? 0;
    for (let chip = 0; chip < count; chip++) {
      let from = 3 * area * chip + c;
      let to = planar ? area * (3 * chip + channel) : 3 * area * chip + channel;
      const step = planar ? 1 : 3;
      for (let i = 0; i < area; i++, from += 3, to += step) {
        data[to] = ((chips[from] ?? 0) - mean) / normalisation.scale;
      }
    }
  }
}

/** Brings each row to L2 norm 1; a row of zeros stays. */
function normaliseRows(rows: Float32Array, dimensions: number): void {
  for (let start = 0; start < rows.length; start += dimensions) {
    let sum = 0;
    for (let i = start; i < start + dimensions; i++) sum += (rows[i] ?? 0) ** 2;
    const norm = Math.sqrt(sum);
    if (norm > 0) for (let i = start; i < start + dimensions; i++) rows[i] = (rows[i] ?? 0) / norm;
  }
}
