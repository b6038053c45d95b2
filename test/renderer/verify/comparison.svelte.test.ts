import { expect, it } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import type { FaceId } from '../../../app/contract/ids.ts';
import { webPictureUrls } from '../../../app/contract/picture-urls.ts';
import type { Host } from '../../../renderer/backend/host.ts';
import { Comparison, type Verdict } from '../../../renderer/verify/comparison.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';

const verdict: Verdict = {
  distance: 0.7,
  threshold: 1.2,
  same: true,
  far: 0.004,
  farAtDistance: 0.00001,
  embedder: 'fr-feature',
  faces: [1, 1],
  pictures: ['AA==', 'AA=='],
};

function setUp(answer: () => Verdict = () => verdict) {
  const backend = fakeBackend({ 'verify.pair': answer });
  const unused = () => Promise.reject(new Error('not used'));
  const host: Host = {
    backend,
    pictures: webPictureUrls,
    dropped: 'copied',
    takeDrop: unused,
    takeFiles: unused,
    upload: unused,
    lend: ({ name }) => Promise.resolve(`/lent/${name}`),
    pickFolders: null,
    showInFolder: null,
  };
  return { backend, comparison: new Comparison(host) };
}
const paths = (...names: string[]) =>
  Promise.resolve({ kind: 'paths' as const, paths: names.map((name) => `/p/${name}`) });
const file = (name: string) => Promise.resolve({ kind: 'files' as const, files: [{ name, file: new File([], name) }] });

it('compares two photos as soon as both are there, whichever way they came', async () => {
  const { backend, comparison } = setUp();
  await comparison.take(paths('a.jpg'));
  expect(backend.asked).toEqual([]);
  await comparison.take(file('b.jpg'));
  expect(backend.asked).toEqual([
    { name: 'verify.pair', input: { paths: ['/p/a.jpg', '/lent/b.jpg'], pictures: true } },
  ]);
  expect(comparison.verdict).toEqual(verdict);
  expect(comparison.busy).toBe(false);
});

it('puts a third photo on the side it was given to, or begins anew', async () => {
  const { comparison } = setUp();
  const names = () => comparison.sides.map((side) => side?.name);
  await comparison.take(paths('a.jpg', 'b.jpg', 'c.jpg'));
  expect(names()).toEqual(['a.jpg', 'b.jpg']);
  await comparison.take(paths('d.jpg'), 1);
  expect(names()).toEqual(['a.jpg', 'd.jpg']);
  await comparison.take(paths('e.jpg'));
  expect(names()).toEqual(['e.jpg', undefined]);
  expect(comparison.verdict).toBeNull();
  await comparison.take(paths());
  expect(names()).toEqual(['e.jpg', undefined]);
});

it('says which photo a failure is about', async () => {
  const { comparison } = setUp(() => {
    throw new Failure('no-face', 'There is no face in /p/b.jpg.');
  });
  await comparison.take(paths('a.jpg', 'b.jpg'));
  expect(comparison.failure?.code).toBe('no-face');
  expect(comparison.culprit).toBe('b.jpg');
});

it('says so where what was dropped cannot be read', async () => {
  const { comparison } = setUp();
  await comparison.take(Promise.reject(new Failure('unreadable', 'gone')));
  expect(comparison.failure?.code).toBe('unreadable');
  expect(comparison.sides).toEqual([null, null]);
});

it('sends nothing more once it is closed', async () => {
  const { backend, comparison } = setUp();
  await comparison.take(file('a.jpg'));
  const taken = comparison.take(file('b.jpg'));
  await Promise.resolve();
  comparison.close();
  await taken;
  expect(comparison.verdict).toBeNull();
  expect(comparison.failure).toBeNull();
  expect(backend.asked.length).toBeLessThan(2);
});

it('compares two faces of the library by their ids', async () => {
  const { backend, comparison } = setUp();
  await comparison.takeFaces([7 as FaceId, 8 as FaceId]);
  expect(backend.asked).toEqual([{ name: 'verify.pair', input: { paths: [7, 8], pictures: true } }]);
  expect(comparison.verdict).toEqual(verdict);
});
