import { describe, expect, it } from 'vitest';

import { Failure, type FailureCode } from '../../../app/contract/errors.ts';
import { createRetries } from '../../../app/engine/pipeline/retries.ts';

/** A stage that fails for some items, a number of times each. */
function stage(failures: Readonly<Record<number, [FailureCode, number]>>) {
  const left = new Map(Object.entries(failures).map(([item, [, times]]) => [Number(item), times]));
  const runs: number[][] = [];
  return {
    runs,
    run: async (items: readonly number[]): Promise<number[]> => {
      runs.push([...items]);
      for (const item of items) {
        const times = left.get(item) ?? 0;
        if (times === 0) continue;
        left.set(item, times - 1);
        throw new Failure(failures[item]![0], `item ${item}`);
      }
      return items.map((item) => item * 10);
    },
  };
}

function retries() {
  const failed: [number, string][] = [];
  return { failed, ...createRetries<number>((item, { code }) => failed.push([item, code])) };
}

describe('retries', () => {
  it('runs a batch once when nothing fails', async () => {
    const [{ run, runs }, { attempt, failed }] = [stage({}), retries()];
    expect(await attempt([1, 2, 3], run)).toEqual([10, 20, 30]);
    expect([runs.length, failed]).toEqual([1, []]);
  });

  it('takes the bad item out of a batch and keeps the others', async () => {
    const [{ run }, { attempt, failed }] = [stage({ 2: ['damaged-picture', 9] }), retries()];
    expect(await attempt([1, 2, 3], run)).toEqual([10, 30]);
    expect(failed).toEqual([[2, 'damaged-picture']]);
  });

  it('tries again when a thread died, and not when the file is bad', async () => {
    const [dying, damaged, { attempt, failed }] = [
      stage({ 1: ['worker-died', 1] }),
      stage({ 1: ['damaged-picture', 1] }),
      retries(),
    ];
    expect(await attempt([1], dying.run)).toEqual([10]);
    expect(await attempt([1], damaged.run)).toEqual([]);
    expect([dying.runs.length, damaged.runs.length, failed]).toEqual([2, 1, [[1, 'damaged-picture']]]);
  });

  it('stops everything at once when the disk is full', async () => {
    const [{ run }, { attempt, failed }] = [stage({ 1: ['disk-full', 1] }), retries()];
    await expect(attempt([1, 2], run)).rejects.toMatchObject({ code: 'disk-full' });
    expect(failed).toEqual([]);
  });

  it('stops when photo after photo fails for no fault of its own', async () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const { run } = stage(Object.fromEntries(items.map((item) => [item, ['model-failed', 99]])));
    const { attempt, failed } = retries();
    await expect(attempt(items, run)).rejects.toMatchObject({ code: 'model-failed' });
    expect(failed).toHaveLength(4);
  });

  it('passes bugs on', async () => {
    const { attempt } = retries();
    await expect(
      attempt([1], () => {
        throw new TypeError('bug');
      }),
    ).rejects.toThrow('bug');
  });
});
