import { expect, it } from 'vitest';

import type { JobId } from '../../../app/contract/ids.ts';
import type { Job, ModelPack } from '../../../app/contract/model.ts';
import { ModelsList } from '../../../renderer/settings/models-list.svelte.ts';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';

const pack = (name: string, more: Partial<ModelPack> = {}): ModelPack => ({
  name,
  title: name,
  role: 'embedder',
  licence: 'MIT',
  source: 'somewhere',
  measured: null,
  faceMs: null,
  installed: true,
  builtIn: false,
  active: false,
  next: false,
  bytes: 1000,
  ...more,
});

function setUp() {
  const coming = Promise.withResolvers<ModelPack>();
  const backend = fakeBackend({
    'models.list': () => [pack('old', { active: true }), pack('new', { installed: false })],
    'models.add': () => coming.promise,
    'models.use': () => ({ job: null }),
  });
  const toasts = new Toasts();
  return { backend, toasts, coming, models: new ModelsList(backend, toasts) };
}

it('tells how far a download is, until it has come', async () => {
  const { backend, coming, models } = setUp();
  const getting = models.get('new');
  expect(models.downloads.get('new')?.share).toBeNull();
  backend.emit('download', { name: 'new', done: 250, total: 1000 });
  backend.emit('download', { name: 'other', done: 1, total: 1 });
  expect(models.downloads.get('new')?.share).toBe(0.25);
  void models.get('new');
  coming.resolve(pack('new'));
  await getting;
  expect(models.downloads.size).toBe(0);
  expect(backend.asked.map(({ name }) => name)).toEqual(['models.add', 'models.list']);
});

it('says nothing of a download that the user stopped, and the reason of one that failed', async () => {
  const stopped = setUp();
  const getting = stopped.models.get('new');
  stopped.models.cancel('new');
  stopped.coming.resolve(pack('new'));
  await getting;
  expect(stopped.toasts.shown).toEqual([]);

  const { models, toasts, coming } = setUp();
  coming.reject(new Error('broken'));
  await models.get('new');
  expect(toasts.shown).toHaveLength(1);
});

it('stays with the model in use by choosing it again', async () => {
  const { backend, models } = setUp();
  await models.packs.refresh();
  await models.stay();
  expect(backend.asked).toContainEqual({ name: 'models.use', input: { name: 'old' } });
});

it('asks for the models again when a change of the embedder begins or ends, and not at each step of it', () => {
  const { backend, models } = setUp();
  const job = (state: Job['state'], done: number) => [{ id: 1 as JobId, kind: 'embed', state, done } as Job];
  backend.emit('jobs', job('running', 1));
  backend.emit('jobs', job('running', 2));
  backend.emit('jobs', job('done', 3));
  expect(backend.asked).toHaveLength(2);
  models.close();
});
