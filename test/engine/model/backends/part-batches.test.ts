import { describe, expect, it } from 'vitest';

import { Failure } from '../../../../app/contract/errors.ts';
import { partBatches } from '../../../../app/engine/model/backends/part-batches.ts';
import type { Network } from '../../../../app/engine/model/network.ts';

/** What the runtimes said when more was asked of them than there is; see `out-of-memory.ts`. */
const messages = [
  "Non-zero status code returned while running MatMul node. Name:'matmul2' Status Message: std::bad_alloc",
  'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[1000000,100000] and type float on /job:localhost/replica:0/task:0/device:CPU:0 by allocator mklcpu',
  "Non-zero status code returned while running Conv node. Name:'conv1' Status Message: bfc_arena.cc:376 Failed to allocate memory for requested buffer of size 822083584",
  'CUDA failure 2: out of memory ; GPU=0',
];

/** Doubles numbers, `dims` [n, 2] to [n, 2] and sums [n, 1]; more than `most` rows at once are too many. */
function limitedNetwork(most: number, message: string): { network: Network; sizes: number[] } {
  const sizes: number[] = [];
  const network: Network = {
    inputs: ['x'],
    outputs: ['doubled', 'sums'],
    run: async ({ x }) => {
      const rows = x!.dims[0]!;
      sizes.push(rows);
      if (rows > most) throw new Failure('model-failed', 'it could not be run', { cause: new Error(message) });
      const sums = Float32Array.from({ length: rows }, (_, i) => x!.data[2 * i]! + x!.data[2 * i + 1]!);
      return new Map([
        ['doubled', { data: Float32Array.from(x!.data, (value) => 2 * value), dims: [rows, 2] }],
        ['sums', { data: sums, dims: [rows, 1] }],
      ]);
    },
    close: async () => undefined,
  };
  return { network, sizes };
}

const batch = (rows: number) => ({
  x: { data: Float32Array.from({ length: 2 * rows }, (_, i) => i), dims: [rows, 2] },
});

describe('a network for whose batches memory does not suffice', () => {
  it.each(messages)('goes on with half, and gives the same: %s', async (message) => {
    const { network, sizes } = limitedNetwork(3, message);
    const told: string[] = [];
    const outputs = await partBatches(network, (words) => told.push(words)).run(batch(11));
    const { network: ample } = limitedNetwork(100, '');
    expect(outputs).toEqual(await ample.run(batch(11)));
    expect(sizes).toEqual([11, 6, 3, 3, 3, 2]);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/batch of 11.*6 at a time/);
  });

  it('remembers what was too much, also for inputs of other sizes', async () => {
    const { network, sizes } = limitedNetwork(4, messages[0]!);
    const parted = partBatches(network, () => undefined);
    await parted.run(batch(8));
    sizes.length = 0;
    await parted.run(batch(8));
    await parted.run(batch(3));
    expect(sizes).toEqual([4, 4, 3]);
  });

  it('gives up in words where not even one fits', async () => {
    const { network } = limitedNetwork(0, messages[0]!);
    await expect(partBatches(network, () => undefined).run(batch(4))).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringContaining('not enough memory') as string,
    });
  });

  it('passes every other failure on at once', async () => {
    const { network, sizes } = limitedNetwork(3, 'the shapes do not agree');
    await expect(partBatches(network, () => undefined).run(batch(8))).rejects.toThrow('could not be run');
    expect(sizes).toEqual([8]);
  });
});
