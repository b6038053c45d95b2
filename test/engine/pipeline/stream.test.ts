import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';

import { flat, inBatches, inParallel } from '../../../app/engine/pipeline/stream.ts';

async function* from<T>(items: readonly T[], pauseMs = 0): AsyncGenerator<T> {
  for (const item of items) {
    if (pauseMs) await sleep(pauseMs);
    yield item;
  }
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('inParallel', () => {
  it('keeps the order however long each takes', async () => {
    const doubled = inParallel(from(numbers(20)), 5, async (n) => {
      await sleep((n * 7) % 10);
      return 2 * n;
    });
    expect(await all(doubled)).toEqual(numbers(20).map((n) => 2 * n));
  });

  it.each([1, 3])('has at most %i under way, those that nobody has taken yet included', async (limit) => {
    let started = 0;
    let taken = 0;
    let most = 0;
    for await (const n of inParallel(from(numbers(30)), limit, async (n) => {
      most = Math.max(most, ++started - taken);
      await sleep(1);
      return n;
    })) {
      await sleep(2 + (n % 2));
      taken++;
    }
    expect(most).toBe(limit);
  });

  it('gives what came before an error, then the error', async () => {
    const seen: number[] = [];
    const failing = inParallel(from(numbers(10)), 4, async (n) => {
      if (n === 3) throw new Error('three');
      return n;
    });
    await expect(
      (async () => {
        for await (const n of failing) seen.push(n);
      })(),
    ).rejects.toThrow('three');
    expect(seen).toEqual([0, 1, 2]);
  });

  it('passes on an error of its source', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('source');
    }
    await expect(all(inParallel(broken(), 2, async (n) => n))).rejects.toThrow('source');
  });

  it('stops its source when nobody wants more', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<number> {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        closed = true;
      }
    }
    for await (const n of inParallel(endless(), 2, async (value) => value)) if (n === 5) break;
    expect(closed).toBe(true);
  });
});

describe('inBatches', () => {
  const limits = { count: 4, weight: 10, waitMs: 1000 };

  it('fills batches by count and by weight, and gives the rest at the end', async () => {
    expect(await all(inBatches(from(numbers(10)), limits, () => 1))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    expect(await all(inBatches(from([6, 6, 1, 1, 9]), limits, (n) => n))).toEqual([
      [6, 6],
      [1, 1, 9],
    ]);
    expect(await all(inBatches(from([]), limits, () => 1))).toEqual([]);
  });

  it('sends an incomplete batch on when the next item is long in coming', async () => {
    const slow = inBatches(from([1, 2], 60), { ...limits, waitMs: 5 }, () => 1);
    expect(await all(slow)).toEqual([[1], [2]]);
  });

  it('passes on an error of its source', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('source');
    }
    await expect(all(inBatches(broken(), limits, () => 1))).rejects.toThrow('source');
  });
});

it('flat gives the items of batches one by one', async () => {
  expect(await all(flat(from([[1, 2], [], [3]])))).toEqual([1, 2, 3]);
});
