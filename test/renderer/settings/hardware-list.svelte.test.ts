import { flushSync } from 'svelte';
import { expect, test } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import type { Hardware } from '../../../app/contract/model.ts';
import { HardwareList } from '../../../renderer/settings/hardware-list.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';

const hardware = (change: Partial<Hardware> = {}): Hardware => ({
  measuredAt: null,
  measuring: false,
  backends: [],
  ...change,
});
const settled = (): Promise<void> => new Promise((wake) => setTimeout(wake, 20));

test('what is found is shown while it is measured, and the button waits', async () => {
  const { promise, resolve } = Promise.withResolvers<Hardware>();
  let now = hardware();
  const backend = fakeBackend({ 'hardware.list': () => now, 'hardware.probe': () => promise });
  const list = new HardwareList(backend);
  await settled();
  const measured = list.measure();
  expect(list.measuring).toBe(true);
  await list.measure();
  expect(backend.asked.filter(({ name }) => name === 'hardware.probe')).toHaveLength(1);
  now = hardware({ measuredAt: 5 });
  resolve(now);
  await measured;
  flushSync();
  expect(list.measuring).toBe(false);
  expect(list.list.value?.measuredAt).toBe(5);
  list.close();
});

test('why it could not be measured is told', async () => {
  const backend = fakeBackend({
    'hardware.list': () => hardware(),
    'hardware.probe': () => {
      throw new Failure('bad-request', 'Photos are being read just now.');
    },
  });
  const list = new HardwareList(backend);
  await list.measure();
  expect(list.failure?.message).toBe('Photos are being read just now.');
  expect(list.measuring).toBe(false);
  list.close();
});
