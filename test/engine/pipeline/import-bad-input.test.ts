import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import { noteReads, openImport, startWorkers, type TestImport, type Workers } from '../../factories/import.ts';
import { demoPhotos, shared, sharedDir } from '../../fixtures/photos.ts';

let workers: Workers;
beforeAll(() => {
  workers = startWorkers();
});
afterAll(() => workers.close());

let folder: string;
let library: TestImport;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'familiar-photos-'));
  library = openImport(workers);
});
afterEach(async () => {
  await library.remove();
  rmSync(folder, { recursive: true, force: true });
});

const names = (): string[] =>
  library.rows('SELECT path FROM photo ORDER BY id').map(({ path }) => basename(path as string));
const codes = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await library.failures()).map(({ path, code }) => [basename(path), code]));

async function picture(name: string, colour = '#888'): Promise<void> {
  const plain = sharp({ create: { width: 64, height: 48, channels: 3, background: colour } });
  await plain.jpeg().toFile(join(folder, name));
}

describe('bad input', () => {
  it('an empty folder is an import of nothing', async () => {
    expect(await library.add(folder)).toMatchObject({ state: 'done', total: 0, done: 0, failed: 0 });
    expect(library.sink.idle).toBe(1);
  });

  it('a missing folder is a failure with its path, and the rest goes on', async () => {
    await picture('a.jpg');
    const missing = join(folder, 'none');
    expect(await library.add(missing, folder)).toMatchObject({ total: 2, done: 2, failed: 1 });
    expect(await library.failures()).toMatchObject([{ path: missing, code: 'missing' }]);
    expect(names()).toEqual(['a.jpg']);
    mkdirSync(missing);
    await library.add(missing);
    expect(await library.failures()).toEqual([]);
  });

  it('each bad file is recorded with its reason, and the rest goes on', async () => {
    copyFileSync(demoPhotos[1]!, join(folder, 'a cut.jpg'));
    truncateSync(join(folder, 'a cut.jpg'), 90_000);
    writeFileSync(join(folder, 'b empty.jpg'), '');
    writeFileSync(join(folder, 'c text.jpg'), 'Dear diary');
    writeFileSync(join(folder, 'd.heic'), 'later');
    writeFileSync(join(folder, 'e.txt'), 'no picture and not meant to be one');
    await picture('f.jpg');
    expect(await library.add(folder)).toMatchObject({ total: 5, done: 5, failed: 4, state: 'done' });
    expect(await codes()).toEqual({
      'a cut.jpg': 'damaged-picture',
      'b empty.jpg': 'empty-file',
      'c text.jpg': 'not-a-picture',
      'd.heic': 'not-yet-supported',
    });
    for (const { message } of await library.failures()) expect(message).toMatch(/^[a-z].{10,}/);
    expect(names()).toEqual(['f.jpg']);
  });

  it('a panorama of 20,000 pixels, and names of emoji and newlines, are photos like any other', async () => {
    const wide = sharp({ create: { width: 20_000, height: 1_000, channels: 3, background: '#4080c0' } });
    await wide.jpeg().toFile(join(folder, 'panorama.jpg'));
    await picture('a\nb.jpg', '#123');
    await picture('🎂 🎉.jpg', '#456');
    expect(await library.add(folder)).toMatchObject({ total: 3, done: 3, failed: 0 });
    expect(names().toSorted()).toEqual(['a\nb.jpg', 'panorama.jpg', '🎂 🎉.jpg']);
    expect(library.rows("SELECT width FROM photo WHERE path LIKE '%panorama.jpg'")).toEqual([{ width: 20_000 }]);
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(process.platform === 'win32')('a folder and a file without permission are failures', async () => {
    await picture('a.jpg');
    await picture('closed.jpg');
    mkdirSync(join(folder, 'closed'));
    chmodSync(join(folder, 'closed.jpg'), 0);
    chmodSync(join(folder, 'closed'), 0);
    // Root may read everything, so there another user does it.
    chmodSync(folder, 0o755);
    chmodSync(library.dir, 0o777);
    for (const name of readdirSync(library.dir)) chmodSync(join(library.dir, name), 0o666);
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await library.add(folder)).toMatchObject({ total: 3, done: 3, failed: 2 });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect(await codes()).toEqual({ closed: 'no-permission', 'closed.jpg': 'no-permission' });
    expect(names()).toEqual(['a.jpg']);
    chmodSync(join(folder, 'closed.jpg'), 0o600);
    chmodSync(join(folder, 'closed'), 0o700);
    expect(await library.add(folder)).toMatchObject({ failed: 0 });
    expect(await codes()).toEqual({});
  });
});

describe('a full disk', () => {
  beforeEach(async () => {
    for (let i = 0; i < 40; i++) await picture(`${String(i).padStart(2, '0')}.jpg`, `hsl(${i * 9}, 50%, 50%)`);
  });

  it('under the database pauses the import and says so; with space again it goes on and nothing is lost', async () => {
    // Without what the tables of former schemas leave free.
    library.db.sql.exec('VACUUM');
    const { page_count: pages } = library.rows('PRAGMA page_count')[0] as { page_count: number };
    library.db.sql.exec(`PRAGMA max_page_count = ${pages + 2}`);
    // Three faces with crops need more than that.
    copyFileSync(demoPhotos[2]!, join(folder, '20.jpg'));
    const stopped = await library.add(folder);
    expect(stopped.state).toBe('paused');
    expect(stopped.problem).toMatch(/disk .* is full/);
    expect(stopped.done).toBeLessThan(40);
    await library.request('import.resume', {});
    expect((await library.until(({ problem }) => problem !== null)).state).toBe('paused');
    library.db.sql.exec('PRAGMA max_page_count = 1000000');
    await library.request('import.resume', {});
    expect(await library.until(({ state }) => state === 'done')).toMatchObject({ total: 40, done: 40, failed: 0 });
    expect(names()).toHaveLength(40);
    expect(await library.failures()).toEqual([]);
  });

  const mount = mountSmallDisk();
  it.skipIf(!mount)('under the thumbnails does the same', async () => {
    await library.remove();
    library = openImport(workers);
    mkdirSync(join(library.dir, 'thumbs'));
    mount?.(join(library.dir, 'thumbs'));
    try {
      const stopped = await library.add(folder);
      expect(stopped).toMatchObject({ state: 'paused', failed: 0 });
      expect(stopped.problem).toMatch(/disk .* is full/);
    } finally {
      execFileSync('umount', [join(library.dir, 'thumbs')]);
    }
    await library.request('import.resume', {});
    expect(await library.until(({ state }) => state === 'done')).toMatchObject({ total: 40, done: 40, failed: 0 });
  });
});

/** Mounts a disk of 64 kB; undefined where that is not allowed. */
function mountSmallDisk(): ((at: string) => void) | undefined {
  const at = mkdtempSync(join(tmpdir(), 'familiar-mount-'));
  const mount = (path: string): void => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path], { stdio: 'ignore' });
  };
  try {
    mount(at);
    execFileSync('umount', [at]);
    return mount;
  } catch {
    console.info('no disk can be mounted here: the test of full thumbnails is skipped');
    return undefined;
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}

describe('a program that dies', () => {
  it('in the middle of an import loses nothing finished and repeats only what was in flight', async () => {
    for (let i = 0; i < 60; i++) await picture(`${String(i).padStart(2, '0')}.jpg`, `hsl(${i * 6}, 50%, 50%)`);
    copyFileSync(demoPhotos[1]!, join(folder, '00 portrait.jpg'));
    await library.close();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'import-in-process.ts'), library.dir, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const chunk of child.stdout) if (Number(String(chunk).trim().split('\n').at(-1)) >= 8) break;
    child.kill('SIGKILL');
    await once(child, 'exit');

    const notes: string[] = [];
    library = openImport(workers, { dir: library.dir, media: noteReads(workers.media, notes) });
    const all = 'SELECT id, path, faces_version FROM photo WHERE faces_version IS NOT NULL ORDER BY id';
    const faces = 'SELECT face.*, vector FROM face JOIN embedding ON face_id = face.id ORDER BY face.id';
    const [photosBefore, facesBefore] = [library.rows(all), library.rows(faces)];
    expect(photosBefore.length).toBeGreaterThanOrEqual(8);
    const left = Number(library.rows('SELECT count(*) AS left FROM queue')[0]!['left']);
    expect(await library.until(({ state }) => state === 'done')).toMatchObject({ total: 61, done: 61, failed: 0 });
    expect(library.rows(all).slice(0, photosBefore.length)).toEqual(photosBefore);
    expect(library.rows(faces).slice(0, facesBefore.length)).toEqual(facesBefore);
    expect(names()).toHaveLength(61);
    expect(notes.length).toBeLessThanOrEqual(left);
    expect(new Set(notes).size).toBe(notes.length);
    for (const { path } of photosBefore) expect(notes).not.toContain(path);
  });

  it('twice on the same file leaves that file alone and shows it', async () => {
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await picture(name, `#${name.charCodeAt(0)}4`);
    await library.request('import.add', { paths: [folder] });
    await library.request('import.pause', {});
    await library.close();
    library = openImport(workers, { dir: library.dir });
    library.db.sql.exec(`
      INSERT OR IGNORE INTO queue (path, job_id, size, mtime_ms) VALUES ('${join(folder, 'b.jpg')}', 1, 1, 1);
      UPDATE queue SET in_flight = 1, crashes = 1 WHERE path LIKE '%b.jpg'`);
    await library.close();
    library = openImport(workers, { dir: library.dir });
    expect(await codes()).toEqual({ 'b.jpg': 'crashed-twice' });
    await library.request('import.resume', {});
    await library.until(({ state }) => state === 'done');
    expect(names().filter((name) => name !== 'b.jpg')).toEqual(['a.jpg', 'c.jpg']);
  });
});

describe('models that do not come', () => {
  it('stop the import with the reason; it goes on when they are there', async () => {
    await picture('a.jpg');
    await library.remove();
    let missing = true;
    const models = () =>
      missing ? Promise.reject(new Failure('model-missing', 'the models are not installed')) : workers.models.get();
    library = openImport(workers, { models });
    expect(await library.add(folder)).toMatchObject({ state: 'failed', problem: 'the models are not installed' });
    missing = false;
    await library.request('import.resume', {});
    expect(await library.until(({ state }) => state === 'done')).toMatchObject({ done: 1, problem: null });
  });
});

describe.skipIf(!sharedDir)('the shared folder of bad and odd files', () => {
  it('gives a photo or a recorded reason for every file that claims to be a picture', async () => {
    const job = await library.add(shared('data/photos/bad'), shared('data/photos/formats'));
    const listed = [...readdirSync(shared('data/photos/bad')), ...readdirSync(shared('data/photos/formats'))];
    const silent = ['nonsense.bin', 'IMG_4120.AAE'];
    const expected = listed.filter((name) => !silent.includes(name));
    expect([...names(), ...Object.keys(await codes())].toSorted()).toEqual(expected.toSorted());
    expect(job).toMatchObject({ state: 'done', total: expected.length, done: expected.length });
    expect(names()).toContain('this-is-a-jpeg.png');
  });
});
