import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { startByItself } from '../../../app/engine/tune/start-by-itself.ts';

describe('beginning to learn by itself', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const create = (is: { wanted: boolean; busy: boolean }) => {
    const start = vi.fn();
    const report = vi.fn();
    const itself = startByItself({
      quietMs: 1000,
      isWanted: () => is.wanted,
      isBusy: () => is.busy,
      start,
      report,
    });
    return { ...itself, start, report };
  };

  it('waits until nobody has said anything for a while', () => {
    const { soon, start } = create({ wanted: true, busy: false });
    for (let word = 0; word < 5; word++) {
      soon();
      vi.advanceTimersByTime(900);
    }
    expect(start).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(start).toHaveBeenCalledOnce();
  });

  it('does not begin where it is not wanted', () => {
    const { soon, start } = create({ wanted: false, busy: false });
    soon();
    vi.advanceTimersByTime(10_000);
    expect(start).not.toHaveBeenCalled();
  });

  it('waits for a computer that is busy', () => {
    const is = { wanted: true, busy: true };
    const { soon, start } = create(is);
    soon();
    vi.advanceTimersByTime(5500);
    expect(start).not.toHaveBeenCalled();
    is.busy = false;
    vi.advanceTimersByTime(1000);
    expect(start).toHaveBeenCalledOnce();
  });

  it('begins nothing once it is closed', () => {
    const { soon, close, start } = create({ wanted: true, busy: false });
    soon();
    close();
    soon();
    vi.advanceTimersByTime(5000);
    expect(start).not.toHaveBeenCalled();
  });

  it('reports what goes wrong', () => {
    const { soon, start, report } = create({ wanted: true, busy: false });
    start.mockImplementation(() => {
      throw new Error('no models');
    });
    soon();
    vi.advanceTimersByTime(1000);
    expect(report).toHaveBeenCalledOnce();
  });
});
