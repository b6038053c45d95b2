import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import { Resource } from '../../../renderer/state/resource.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function setUp(load: () => Promise<number>, restMs = 0) {
  const backend = fakeBackend({});
  return { backend, resource: new Resource({ load, follow: { backend, subjects: ['photos'] }, restMs }) };
}

describe('a resource', () => {
  it('asks again after a change that concerns it, and only then', async () => {
    let loads = 0;
    const { backend, resource } = setUp(async () => ++loads);
    await resource.refresh();
    backend.emit('changed', { subjects: ['people'] });
    await vi.advanceTimersByTimeAsync(100);
    expect(resource.value).toBe(1);
    backend.emit('changed', { subjects: ['photos'] });
    await vi.advanceTimersByTimeAsync(100);
    expect(resource.value).toBe(2);
    resource.close();
  });

  it('rests between loads however many changes come', async () => {
    let loads = 0;
    const { backend, resource } = setUp(async () => ++loads, 2000);
    await resource.refresh();
    for (let ms = 0; ms < 10_000; ms += 100) {
      backend.emit('changed', { subjects: ['photos'] });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(loads).toBeGreaterThanOrEqual(5);
    expect(loads).toBeLessThanOrEqual(6);
    resource.close();
  });

  it('does not rest after something the user did', async () => {
    let loads = 0;
    const { backend, resource } = setUp(async () => ++loads, 60_000);
    await resource.refresh();
    backend.emit('changed', { subjects: ['photos', 'history'] });
    await vi.advanceTimersByTimeAsync(1);
    expect(loads).toBe(2);
    resource.close();
  });

  it('lets a slow load finish instead of starting over with each change', async () => {
    let loads = 0;
    const { backend, resource } = setUp(() => new Promise((resolve) => setTimeout(() => resolve(++loads), 1000)));
    void resource.refresh();
    for (let ms = 0; ms < 3500; ms += 250) {
      await vi.advanceTimersByTimeAsync(250);
      backend.emit('changed', { subjects: ['photos'] });
    }
    expect(loads).toBeGreaterThanOrEqual(3);
    resource.close();
  });

  it('shows the answer to the newest question', async () => {
    const answers = [300, 100];
    let asked = 0;
    const { resource } = setUp(() => {
      const wait = answers[asked++]!;
      return new Promise((resolve) => setTimeout(() => resolve(wait), wait));
    });
    const first = resource.refresh();
    const second = resource.refresh();
    await vi.advanceTimersByTimeAsync(500);
    await Promise.all([first, second]);
    expect(resource.value).toBe(100);
    resource.close();
  });

  it('keeps what it had when asking again fails, and says why', async () => {
    let fails = false;
    const { resource } = setUp(async () => {
      if (fails) throw new Failure('disk-full', 'x');
      return 1;
    });
    await resource.refresh();
    fails = true;
    await resource.refresh();
    expect([resource.value, resource.failure?.code]).toEqual([1, 'disk-full']);
    fails = false;
    await resource.refresh();
    expect(resource.failure).toBeNull();
    resource.close();
  });

  it('is silent after it was closed', async () => {
    let loads = 0;
    const { backend, resource } = setUp(async () => ++loads);
    resource.close();
    backend.emit('changed', { subjects: ['photos'] });
    await vi.advanceTimersByTimeAsync(5000);
    expect(loads).toBe(0);
  });
});
