import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';

/** Pairs of numbers read before other requests get their turn: about 2 ms. */
const pairsAtOnce = 5000;

/**
 * Reads all of a long list of pairs, the first of each ascending, without keeping the thread for itself.
 * @param read gives up to `count` pairs whose first number is above `after`: first, second, first, second, …
 * @throws {Failure} `cancelled`
 */
export async function readInSlices(
  read: (after: number, count: number) => ArrayLike<number>,
  signal?: AbortSignal,
): Promise<Int32Array<ArrayBuffer>> {
  const slices: ArrayLike<number>[] = [];
  for (let last = 0; ;) {
    const slice = read(last, pairsAtOnce);
    slices.push(slice);
    if (slice.length < 2 * pairsAtOnce) break;
    last = slice[slice.length - 2] ?? 0;
    await setImmediate();
    if (signal?.aborted) throw new Failure('cancelled', 'cancelled');
  }
  const all = new Int32Array(slices.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const slice of slices) {
    all.set(slice, at);
    at += slice.length;
  }
  return all;
}
