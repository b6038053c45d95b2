import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { thumbPath } from '../../../app/engine/image/thumbnails.ts';
import { noteReads, openImport, startWorkers, type TestImport, type Workers } from '../../factories/import.ts';
import { demoPhotos } from '../../fixtures/photos.ts';

let workers: Workers;
beforeAll(() => {
  workers = startWorkers();
});
afterAll(() => workers.close());

let folder: string;
let library: TestImport;
/** Files that were really read, in order. */
let read: string[];

beforeEach(() => {
  read = [];
  folder = mkdtempSync(join(tmpdir(), 'familiar-photos-'));
  library = openImport(workers, { media: noteReads(workers.media, read) });
});
afterEach(async () => {
  await library.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Two people: `portrait` is the smallest real picture with faces. */
const portrait = demoPhotos[1]!;
const group = demoPhotos[2]!;

async function small(name: string, colour: string): Promise<string> {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  await sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
    .jpeg()
    .toFile(path);
  return path;
}

const photos = () => library.rows('SELECT id, path FROM photo ORDER BY id');
const faces = () => library.rows('SELECT id, photo_id, left, top, gone, manual FROM face ORDER BY id');

describe('importing', () => {
  it('brings photos with their faces into the library', async () => {
    const job = await library.add(...demoPhotos);
    expect(job).toMatchObject({ state: 'done', walking: false, total: 6, done: 6, failed: 0, problem: null });
    expect(job.faces).toBeGreaterThanOrEqual(18);
    expect(photos().map(({ path }) => path)).toEqual(demoPhotos);

    const rows = library.rows(`
      SELECT face.*, photo.width AS photo_width, photo.height AS photo_height, crop.webp, embedding.vector
      FROM face JOIN photo ON photo.id = photo_id JOIN crop ON crop.face_id = face.id JOIN embedding ON embedding.face_id = face.id`);
    expect(rows).toHaveLength(job.faces);
    for (const face of rows) {
      const at = (name: string): number => face[name] as number;
      expect(at('left') + at('width')).toBeGreaterThan(0);
      expect(at('left')).toBeLessThan(at('photo_width'));
      expect(at('top')).toBeLessThan(at('photo_height'));
      expect(at('quality')).toBeLessThanOrEqual(1);
      const points = new Float32Array(new Uint8Array(face['points'] as Uint8Array).buffer);
      expect(points).toHaveLength(10);
      expect(points[0]).toBeGreaterThan(at('left') - at('width'));
      const vector = new Float32Array(new Uint8Array(face['vector'] as Uint8Array).buffer);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      expect(library.sink.added.get(at('id'))).toEqual(vector);
      expect(await sharp(face['webp'] as Uint8Array).metadata()).toMatchObject({ width: 256, height: 256 });
    }
    expect(library.sink.added.size).toBe(job.faces);
    expect(library.sink.idle).toBe(1);

    const [first] = library.rows('SELECT hash FROM photo LIMIT 1');
    for (const size of ['s', 'l'] as const) {
      expect(existsSync(thumbPath(join(library.dir, 'thumbs'), first!['hash'] as Uint8Array, size))).toBe(true);
    }
    expect(library.rows('SELECT * FROM queue')).toEqual([]);
    expect(library.rows("SELECT rowid FROM photo_text WHERE photo_text MATCH 'name:sample3'")).toHaveLength(1);
    expect(library.emitted.filter(({ name }) => name === 'jobs').length).toBeGreaterThan(1);
  });

  it('gives the same faces and vectors every time', async () => {
    const [one, other] = [openImport(workers), openImport(workers)];
    for (const imported of [one, other]) await imported.add(...demoPhotos.slice(0, 4));
    const all = 'SELECT * FROM face JOIN embedding ON face_id = face.id ORDER BY face.id';
    expect(one.rows(all)).toEqual(other.rows(all));
    await one.remove();
    await other.remove();
  });

  it('reads nothing twice that has not changed', async () => {
    copyFileSync(portrait, join(folder, 'a.jpg'));
    writeFileSync(join(folder, 'b.jpg'), 'no picture');
    await library.add(folder);
    expect(read).toHaveLength(2);
    const again = await library.add(folder);
    expect(again).toMatchObject({ total: 2, done: 2, failed: 1 });
    expect(read).toHaveLength(2);
  });

  it('remembers the folders that were added, not the single files', async () => {
    const path = await small('a.jpg', '#123');
    await library.add(path);
    await library.add(folder);
    expect(library.rows('SELECT path FROM source')).toEqual([{ path: folder }]);
  });

  it('takes what is added during an import into the same job', async () => {
    for (let i = 0; i < 6; i++) await small(`a/${i}.jpg`, `#12${i}`);
    for (let i = 0; i < 6; i++) await small(`b/${i}.jpg`, `#45${i}`);
    const first = await library.request('import.add', { paths: [join(folder, 'a')] });
    const second = await library.request('import.add', { paths: [join(folder, 'b')] });
    expect(second.job).toBe(first.job);
    expect(await library.until(({ state }) => state === 'done')).toMatchObject({ total: 12, done: 12 });
    expect(photos()).toHaveLength(12);
  });
});

describe('a photo stays the same photo', () => {
  it('when its file has moved', async () => {
    copyFileSync(portrait, join(folder, 'a.jpg'));
    await library.add(folder);
    const before = { photos: photos(), faces: faces() };
    mkdirSync(join(folder, '2019'));
    renameSync(join(folder, 'a.jpg'), join(folder, '2019/b.jpg'));
    expect(await library.add(folder)).toMatchObject({ total: 1, faces: 0 });
    expect(photos()).toEqual([{ ...before.photos[0], path: join(folder, '2019/b.jpg') }]);
    expect(faces()).toEqual(before.faces);
    expect(library.rows("SELECT rowid FROM photo_text WHERE photo_text MATCH 'folder:2019 name:b'")).toHaveLength(1);
  });

  it('when a program has written metadata into it, in place or on moving', async () => {
    const plain = await sharp(portrait).jpeg().toBuffer();
    writeFileSync(join(folder, 'a.jpg'), plain);
    await library.add(folder);
    const before = { photos: photos(), faces: faces() };
    const exif = Buffer.from('ffe1001c45786966000049492a000800000001000e01020001000000', 'hex');
    const tagged = Buffer.concat([plain.subarray(0, 2), exif, Buffer.alloc(2), plain.subarray(2)]);
    writeFileSync(join(folder, 'a.jpg'), tagged);
    expect(await library.add(folder)).toMatchObject({ failed: 0, faces: 0 });
    expect([photos(), faces()]).toEqual([before.photos, before.faces]);
    writeFileSync(join(folder, 'c.jpg'), plain);
    rmSync(join(folder, 'a.jpg'));
    await library.add(folder);
    expect(photos()).toEqual([{ ...before.photos[0], path: join(folder, 'c.jpg') }]);
    expect(faces()).toEqual(before.faces);
  });

  it('when its file at the same place is another picture now', async () => {
    copyFileSync(portrait, join(folder, 'a.jpg'));
    await library.add(folder);
    const [before] = photos();
    copyFileSync(group, join(folder, 'a.jpg'));
    await library.add(folder);
    expect(photos()).toEqual([before]);
    expect(read).toHaveLength(2);
    expect(faces().filter(({ gone }) => gone === 0).length).toBeGreaterThanOrEqual(3);
  });

  it('and a copy is a photo of its own', async () => {
    copyFileSync(portrait, join(folder, 'a.jpg'));
    copyFileSync(portrait, join(folder, 'b.jpg'));
    await library.add(folder);
    expect(photos()).toHaveLength(2);
    copyFileSync(portrait, join(folder, 'c.jpg'));
    await library.add(folder);
    expect(photos()).toHaveLength(3);
  });

  it('when a folder is numbered anew, so that each file takes the place of the next', async () => {
    for (const [i, photo] of demoPhotos.slice(1, 4).entries()) copyFileSync(photo, join(folder, `${i + 1}.jpg`));
    await library.add(folder);
    const before = { photos: photos(), faces: faces() };
    for (const i of [3, 2, 1]) renameSync(join(folder, `${i}.jpg`), join(folder, `${i + 1}.jpg`));
    expect(await library.add(folder)).toMatchObject({ faces: 0, failed: 0 });
    expect(photos()).toEqual([1, 2, 3].map((id) => ({ id, path: join(folder, `${id + 1}.jpg`) })));
    expect(faces()).toEqual(before.faces);
  });

  it('when two photos change places', async () => {
    const [a, b, between] = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => join(folder, name)) as [string, string, string];
    copyFileSync(portrait, a);
    copyFileSync(group, b);
    await library.add(folder);
    const before = faces();
    renameSync(a, between);
    renameSync(b, a);
    renameSync(between, b);
    await library.add(folder);
    expect(photos()).toEqual([
      { id: 1, path: b },
      { id: 2, path: a },
    ]);
    expect(faces()).toEqual(before);
  });

  it('of two copies of a moved photo, one is the photo and the other is new', async () => {
    copyFileSync(portrait, join(folder, 'a.jpg'));
    await library.add(folder);
    renameSync(join(folder, 'a.jpg'), join(folder, 'b.jpg'));
    copyFileSync(portrait, join(folder, 'c.jpg'));
    await library.add(folder);
    expect(photos()).toEqual([
      { id: 1, path: join(folder, 'b.jpg') },
      { id: 2, path: join(folder, 'c.jpg') },
    ]);
  });
});

describe('another look at the faces', () => {
  /** The same library with another version of the detector. */
  async function lookAgain(): Promise<void> {
    await library.close();
    const packs = () => ({ ...workers.models.packs(), detectorVersion: 'next' });
    library = openImport(workers, { dir: library.dir, packs });
    await library.add(folder);
  }

  it('keeps the faces that are found again, with what was said of them', async () => {
    copyFileSync(group, join(folder, 'a.jpg'));
    await library.add(folder);
    const before = faces();
    expect(before.length).toBeGreaterThanOrEqual(3);
    await lookAgain();
    expect(faces()).toEqual(before);
    expect(library.rows('SELECT faces_version FROM photo')).toEqual([{ faces_version: 'next' }]);
    expect([...library.sink.added.keys()]).toEqual(before.map(({ id }) => id));
  });

  it('keeps a labelled face that is not found again as a manual box, and lets others go', async () => {
    copyFileSync(group, join(folder, 'a.jpg'));
    await library.add(folder);
    const found = faces().length;
    library.db.sql.exec(`
      INSERT INTO person (id, name) VALUES (1, 'Anna');
      INSERT INTO face_row (id, photo_id, left, top, width, height, score, sharpness, yaw, pitch, roll, quality)
        VALUES (100, 1, 1, 1, 9, 9, 1, 1, 0, 0, 0, 1), (101, 1, 20, 1, 9, 9, 1, 1, 0, 0, 0, 1), (102, 1, 40, 1, 9, 9, 1, 1, 0, 0, 0, 1);
      UPDATE face_row SET manual = 1 WHERE id = 102;
      INSERT INTO part (id, person_id, label_id, strength) VALUES (1, 1, 1, 'confirmed');
      UPDATE face_row SET part_id = 1 WHERE id = 100;
    `);
    await lookAgain();
    expect(faces().slice(found)).toMatchObject([
      { id: 100, manual: 1, gone: 0 },
      { id: 101, manual: 0, gone: 1 },
      { id: 102, manual: 1, gone: 0 },
    ]);
    expect(library.sink.gone).toContain(101);
    expect(library.sink.gone).not.toContain(100);
  });

  it('does not bring back what the user said is no face', async () => {
    copyFileSync(group, join(folder, 'a.jpg'));
    await library.add(folder);
    library.db.sql.exec('INSERT INTO not_face (face_id) VALUES (2); UPDATE face_row SET gone = 1 WHERE id = 2');
    const before = faces();
    await lookAgain();
    expect(faces()).toEqual(before);
    expect(library.sink.added.has(2)).toBe(false);
  });

  it('finds nobody where a person was erased', async () => {
    copyFileSync(group, join(folder, 'a.jpg'));
    await library.add(folder);
    const before = faces().length;
    library.db.sql.exec(`
      UPDATE face_row SET erased = 1, gone = 1, points = NULL, left = left - 0.1 * width WHERE id = 2;
      DELETE FROM crop WHERE face_id = 2; DELETE FROM embedding WHERE face_id = 2`);
    await lookAgain();
    expect(faces()).toHaveLength(before);
    expect(library.rows('SELECT face_id FROM embedding WHERE face_id = 2')).toEqual([]);
    expect(library.rows('SELECT gone FROM face WHERE id = 2')).toEqual([{ gone: 1 }]);
  });
});

describe('pause, resume and cancel', () => {
  beforeEach(async () => {
    for (let i = 0; i < 80; i++) await small(`${String(i).padStart(2, '0')}.jpg`, `hsl(${i * 4}, 50%, 50%)`);
  });

  it('pauses, remembers it across a restart, and goes on where it was', async () => {
    await library.request('import.add', { paths: [folder] });
    await library.until(({ done }) => done > 0);
    await library.request('import.pause', {});
    expect(library.job()).toMatchObject({ state: 'paused', problem: null });
    await library.close();
    const readBefore = read.length;
    expect(readBefore).toBeLessThan(80);

    library = openImport(workers, { dir: library.dir, media: noteReads(workers.media, read) });
    await new Promise((wake) => setTimeout(wake, 100));
    expect(read).toHaveLength(readBefore);
    await library.request('import.resume', {});
    expect(await library.until(({ state }) => state === 'done')).toMatchObject({ total: 80, done: 80 });
    expect(photos()).toHaveLength(80);
    expect(library.rows('SELECT * FROM queue WHERE crashes > 0')).toEqual([]);
  });

  it('finishes what is in flight when it is paused, and reads it only once', async () => {
    await library.request('import.add', { paths: [folder] });
    await library.until(({ done }) => done > 0);
    await library.request('import.pause', {});
    await library.request('import.resume', {});
    await library.until(({ state }) => state === 'done');
    expect(new Set(read).size).toBe(read.length);
  });

  it('goes on by itself after the program was closed in the middle', async () => {
    await library.request('import.add', { paths: [folder] });
    await library.until(({ done }) => done > 0);
    await library.close();
    library = openImport(workers, { dir: library.dir });
    expect(await library.until(({ state }) => state === 'done')).toMatchObject({ total: 80, done: 80, failed: 0 });
    expect(photos()).toHaveLength(80);
  });

  it('forgets what was not done when it is cancelled', async () => {
    await library.request('import.add', { paths: [folder] });
    await library.until(({ done }) => done > 0);
    await library.request('import.cancel', {});
    expect(library.job().state).toBe('cancelled');
    expect(library.rows('SELECT * FROM queue')).toEqual([]);
    const kept = photos().length;
    expect(kept).toBeLessThan(80);
    expect(await library.add(folder)).toMatchObject({ state: 'done', total: 80, done: 80 });
    expect(photos()).toHaveLength(80);
  });
});

describe('failures', () => {
  it('are read again when the file has changed, and are gone when it is a picture then', async () => {
    const path = join(folder, 'a.jpg');
    writeFileSync(path, 'no picture');
    await library.add(folder);
    expect(await library.failures()).toMatchObject([{ path, code: 'not-a-picture' }]);
    await small('a.jpg', '#123');
    utimesSync(path, 1, 1);
    await library.add(folder);
    expect(await library.failures()).toEqual([]);
    expect(photos()).toHaveLength(1);
  });

  it('are read again on request, all or those named', async () => {
    for (const name of ['a.jpg', 'b.jpg']) writeFileSync(join(folder, name), 'no picture');
    await library.add(folder);
    await library.request('import.retry', { paths: [join(folder, 'a.jpg')] });
    await library.until(({ state }) => state === 'done');
    expect(read.map((path) => path.slice(-5))).toEqual(['a.jpg', 'b.jpg', 'a.jpg']);
    await library.request('import.retry', {});
    await library.until(({ state }) => state === 'done');
    expect(read).toHaveLength(5);
    expect(await library.failures()).toHaveLength(2);
  });
});
