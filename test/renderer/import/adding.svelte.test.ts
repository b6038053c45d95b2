import { describe, expect, it } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import type { JobId } from '../../../app/contract/ids.ts';
import { webPictureUrls } from '../../../app/contract/picture-urls.ts';
import type { Host, LooseFile } from '../../../renderer/backend/host.ts';
import { Adding } from '../../../renderer/import/adding.svelte.ts';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';

const file = (name: string): LooseFile => ({ name, file: new File(['x'], name) });
const files = (n: number): LooseFile[] => Array.from({ length: n }, (_, i) => file(`holiday/${i}.jpg`));

function setUp(upload: Host['upload'] = ({ name }) => Promise.resolve(`/inbox/${name}`)) {
  const backend = fakeBackend({ 'import.add': () => ({ job: 1 as JobId }) });
  const host: Host = {
    backend,
    pictures: webPictureUrls,
    dropped: 'copied',
    takeDrop: () => Promise.reject(new Error('not used')),
    takeFiles: () => Promise.reject(new Error('not used')),
    upload,
    lend: null,
    pickFolders: null,
    showInFolder: null,
  };
  const toasts = new Toasts();
  const imported = () => backend.asked.flatMap(({ input }) => (input as { paths: string[] }).paths);
  return { adding: new Adding(host, toasts), toasts, backend, imported };
}

describe('adding photos', () => {
  it('passes paths on as they are', async () => {
    const { adding, imported } = setUp();
    await adding.addPaths(['/a', '/b']);
    expect(imported()).toEqual(['/a', '/b']);
  });

  it('sends every picture that has no path, then imports all of them', async () => {
    const { adding, imported } = setUp();
    await adding.add(Promise.resolve({ kind: 'files', files: files(100) }));
    expect(imported().sort()).toEqual(
      files(100)
        .map(({ name }) => `/inbox/${name}`)
        .sort(),
    );
    expect([adding.sent, adding.total, adding.busy]).toEqual([100, 100, false]);
  });

  it('starts the import before the last file is there', async () => {
    const { adding, backend } = setUp();
    await adding.add(Promise.resolve({ kind: 'files', files: files(100) }));
    expect(backend.asked.length).toBeGreaterThan(1);
  });

  it('loses no file that arrives while the others are handed over', async () => {
    const slow = Promise.withResolvers<undefined>();
    const { adding, backend, imported } = setUp(async ({ name }) => {
      if (name === 'holiday/1.jpg') await slow.promise;
      return `/inbox/${name}`;
    });
    const added = adding.add(Promise.resolve({ kind: 'files', files: files(2) }));
    await expect.poll(() => backend.asked.length).toBe(1);
    slow.resolve(undefined);
    await added;
    expect(imported()).toEqual(['/inbox/holiday/0.jpg', '/inbox/holiday/1.jpg']);
  });

  it('leaves out what is no picture, and says so', async () => {
    const { adding, toasts, imported } = setUp();
    await adding.add(Promise.resolve({ kind: 'files', files: [file('a.jpg'), file('notes.txt'), file('IMG_1.HEIC')] }));
    expect(imported()).toEqual(['/inbox/a.jpg', '/inbox/IMG_1.HEIC']);
    expect(toasts.shown[0]!.text).toBe('1 file is not a picture and was left out.');
  });

  it('keeps what has arrived when sending breaks, and says what happened once', async () => {
    let sent = 0;
    const { adding, toasts, imported } = setUp(async ({ name }) => {
      if (++sent > 5) throw new Failure('disk-full', 'x');
      return `/inbox/${name}`;
    });
    await adding.add(Promise.resolve({ kind: 'files', files: files(20) }));
    expect(imported().length).toBe(5);
    expect(adding.busy).toBe(false);
    expect(toasts.shown.filter(({ tone }) => tone === 'failure').length).toBe(1);
  });

  it('stops when it is cancelled and still imports what has arrived', async () => {
    let sent = 0;
    const { adding, toasts, imported } = setUp(async ({ name }, signal) => {
      if (++sent === 4) adding.cancel();
      if (signal.aborted) throw new Failure('cancelled', 'cancelled');
      return `/inbox/${name}`;
    });
    await adding.add(Promise.resolve({ kind: 'files', files: files(20) }));
    expect(imported().length).toBe(3);
    expect([adding.busy, toasts.shown]).toEqual([false, []]);
  });

  it('can be used again after it was cancelled', async () => {
    const { adding, imported } = setUp();
    adding.cancel();
    await adding.add(Promise.resolve({ kind: 'files', files: files(3) }));
    expect(imported().length).toBe(3);
  });
});
