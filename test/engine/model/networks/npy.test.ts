import { describe, expect, it } from 'vitest';

import { readNpy } from '../../../../app/engine/model/networks/npy.ts';

/** As NumPy writes it; `version` 1 or 2. */
function npy(header: string, values: readonly number[], version = 1): Buffer {
  const text = Buffer.from(`${header}\n`);
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(text.length);
  else length.writeUInt32LE(text.length);
  const data = Buffer.from(Float32Array.from(values).buffer);
  return Buffer.concat([Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]), length, text, data]);
}

const header = (shape: string, rest = "'descr': '<f4', 'fortran_order': False") => `{${rest}, 'shape': ${shape}, }`;

describe('readNpy', () => {
  it('reads sizes and values of both formats, at any offset in its buffer', () => {
    expect(readNpy(npy(header('(2, 3)'), [1, 2, 3, 4, 5, 6]))).toEqual({
      dims: [2, 3],
      values: Float32Array.of(1, 2, 3, 4, 5, 6),
    });
    const shifted = Buffer.concat([Buffer.from([0]), npy(header('(2,)'), [1.5, -2], 2)]).subarray(1);
    expect(readNpy(shifted)).toEqual({ dims: [2], values: Float32Array.of(1.5, -2) });
  });

  it.each([
    ['a file of another kind', Buffer.from('not an array at all'), /begin/],
    ['one cut within its header', npy(header('(2,)'), [1, 2]).subarray(0, 30), /header/],
    ['one that is too short', npy(header('(2,)'), [1]), /long/],
    ['one of doubles', npy(header('(1,)', "'descr': '<f8', 'fortran_order': False"), [1, 2]), /32-bit/],
    ['one in column-major order', npy(header('(1,)', "'descr': '<f4', 'fortran_order': True"), [1]), /row-major/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNpy(bytes)).toThrow(message);
  });
});
