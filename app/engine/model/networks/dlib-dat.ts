import { Failure } from '../../../contract/errors.ts';
import { dlibStages } from './dlib-resnet.ts';
import type { Weight, Weights } from './weights.ts';

/**
 * Reads the weights of dlib's face recognition network from its `.dat` file: the names are those that
 * `emitDlibResnet` asks for. A layer is stored after the layers before it, as its name and a tensor (dlib's
 * `serialize` for `resizable_tensor`, version 2), which has the kernels and the biases, or the scales and the shifts.
 * @throws {Failure} `model-damaged`
 */
export function readDlibWeights(bytes: Uint8Array): Weights {
  const reader = createReader(bytes);
  const weights = new Map<string, Weight>();
  const add = (name: string, dims: readonly number[], values: Float32Array): void => {
    weights.set(name, { dims, values });
  };
  for (const { name, dims } of convolutions()) {
    const [channels = 0] = dims;
    const filters = reader.next('con_4');
    const scales = reader.next('affine_');
    add(`${name}/conv/filters`, dims, filters.subarray(0, -channels));
    add(`${name}/conv/bias`, [channels], filters.subarray(-channels));
    add(`${name}/scale/weights`, [channels], scales.subarray(0, channels));
    add(`${name}/scale/biases`, [channels], scales.subarray(channels));
  }
  // The last layer says how many outputs and inputs it has before its tensor.
  add('fc', [256, 128], reader.next('fc_2', 2));
  return weights;
}

/** The convolutions in the order in which a picture goes through them. */
function convolutions(): { name: string; dims: readonly number[] }[] {
  const list: { name: string; dims: readonly number[] }[] = [{ name: 'conv32_down', dims: [32, 3, 7, 7] }];
  let before = 32;
  for (const { channels, down, blocks } of dlibStages) {
    const names = [...(down ? [down] : []), ...Array.from({ length: blocks }, (_, i) => `conv${channels}_${i + 1}`)];
    for (const name of names) {
      list.push({ name: `${name}/conv1`, dims: [channels, before, 3, 3] });
      list.push({ name: `${name}/conv2`, dims: [channels, channels, 3, 3] });
      before = channels;
    }
  }
  return list;
}

function createReader(bytes: Uint8Array): { next(layer: string, sizesBefore?: number): Float32Array } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  /** A count of bytes (the high bit is a sign), then a whole number of so many bytes. */
  const integer = (): number => {
    const length = buffer.readUInt8(at) & 0x7f;
    const value = buffer.readUIntLE(at + 1, length);
    at += 1 + length;
    return value;
  };
  const tensor = (): Float32Array => {
    const version = integer();
    const count = integer() * integer() * integer() * integer();
    if (version !== 2 || count > buffer.length) throw new Error('it is no tensor of version 2');
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = buffer.readFloatLE(at + 4 * i);
    at += 4 * count;
    return values;
  };
  return {
    next: (layer, sizesBefore = 0) => {
      try {
        const found = buffer.indexOf(layer, at, 'latin1');
        if (found < 0) throw new Error('it is not there');
        at = found + layer.length;
        for (let i = 0; i < sizesBefore; i++) integer();
        return tensor();
      } catch (error) {
        const message = `these are not the weights of dlib's face network (${layer}); get the file again`;
        throw new Failure('model-damaged', message, { cause: error });
      }
    },
  };
}
