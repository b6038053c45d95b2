import { Failure } from '../../../contract/errors.ts';
import type { Weight } from './weights.ts';

/** `\x93NUMPY` */
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads a NumPy `.npy` file (format 1 to 3, numpy.lib.format) of little-endian 32-bit floats in row-major order.
 * @throws {Failure} `model-damaged`
 */
export function readNpy(bytes: Uint8Array): Weight {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = (why: string): Failure => new Failure('model-damaged', `this .npy file cannot be used: ${why}`);
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) throw damaged('it does not begin like one');
  const wide = view.getUint8(6) > 1;
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (end > bytes.length) throw damaged('it ends within its header');
  const header = new TextDecoder().decode(bytes.subarray(start, end));
  const shape = /'shape': \(([\d, ]*)\)/.exec(header)?.[1];
  if (!header.includes("'descr': '<f4'") || !header.includes("'fortran_order': False") || shape === undefined) {
    throw damaged('it does not hold 32-bit floats in row-major order');
  }
  const dims = shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  const length = dims.reduce((product, size) => product * size, 1);
  if (bytes.length - end !== 4 * length) throw damaged('it is not as long as its header says');
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = view.getFloat32(end + 4 * i, true);
  return { dims, values };
}
