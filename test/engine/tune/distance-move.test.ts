import { describe, expect, it } from 'vitest';

import { combined, moved, movedThresholds, moveOf } from '../../../app/engine/tune/distance-move.ts';
import { movedDistance } from '../../../app/engine/tune/group-alone.ts';

const before = { mean: 2, reach: 0.1 };
const after = { mean: 1.9, reach: 0.15 };
const move = (distance: number): number => movedDistance(distance, before, after);

describe('where distances lie with a head', () => {
  it('follows for all from where two of them lie', () => {
    const line = moveOf({ eps: 1, acceptance: 1.12 }, { eps: move(1), acceptance: move(1.12) });
    for (const distance of [0.95, 1.05, 1.21, 1.4]) expect(moved(distance, line)).toBeCloseTo(move(distance), 10);
  });

  it('is a factor where two distances are one', () => {
    const line = moveOf({ eps: 1, acceptance: 1 }, { eps: 0.9, acceptance: 0.9 });
    expect(moved(1.2, line)).toBeCloseTo(1.08, 10);
  });

  it('is never below nothing', () => {
    expect(moved(0.1, { scale: 1, shift: -0.5 })).toBe(0);
  });

  it('follows one head and then another', () => {
    const [first, then] = [
      { scale: 1.5, shift: -0.2 },
      { scale: 0.8, shift: 0.1 },
    ];
    expect(moved(1.1, combined(first, then))).toBeCloseTo(moved(moved(1.1, first), then), 12);
  });

  it('takes the measured false accept rates along, in order', () => {
    const far = [
      { distance: 0.9, rate: 1e-5 },
      { distance: 1, rate: 1e-4 },
    ];
    const thresholds = movedThresholds(
      { pair: 1.2, eps: 1, acceptance: 1.1, far },
      { eps: 0.97, acceptance: 1.08, move: { scale: 0.9, shift: 0.05 } },
    );
    expect(thresholds).toMatchObject({ eps: 0.97, acceptance: 1.08 });
    expect(thresholds.pair).toBeCloseTo(Math.sqrt(0.9 * 1.44 + 0.05), 12);
    expect(thresholds.far?.map(({ rate }) => rate)).toEqual([1e-5, 1e-4]);
    expect(thresholds.far?.[0]?.distance).toBeLessThan(thresholds.far?.[1]?.distance ?? 0);
  });
});
