import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { EngineContext } from '../../../app/engine/context.ts';
import { createMediaService } from '../../../app/engine/image/create-media-service.ts';
import { createPictures, thumbDirOf, type Pictures } from '../../../app/engine/image/pictures.ts';
import { photoTable } from '../../../app/engine/db/photos.ts';
import { createTestLibrary, type TestLibrary } from '../../factories/library.ts';
import { demoPhotos } from '../../fixtures/photos.ts';

let library: TestLibrary;
let pictures: Pictures;
let folder: string;

beforeEach(() => {
  const service = createMediaService();
  const signal = new AbortController().signal;
  const media = {
    read: (input) => service.read(input, signal),
    cut: (input) => service.cut(input, signal),
    region: (input) => service.region(input, signal),
    look: (input) => service.look(input, signal),
    trim: (input) => service.trim(input, signal),
    alignCrops: (input) => service.alignCrops(input, signal),
  } satisfies EngineContext['media'];
  library = createTestLibrary({ media });
  pictures = createPictures(library.context);
  folder = mkdtempSync(join(tmpdir(), 'familiar-pictures-'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true });
});

/** A photo in the library as the import records it. */
async function imported(path: string): Promise<number> {
  const read = await library.context.media.read({ path, thumbDir: thumbDirOf(library.dir) });
  const { hash, size, width, height, mtimeMs, takenAt, dateSource, camera, blur } = read;
  const values = { hash, size, width, height, camera, blur };
  const columns = { mtime_ms: mtimeMs, taken_at: takenAt, date_source: dateSource, read_version: 1 };
  return photoTable(library.db.sql).add({ ...values, ...columns, path }, 0);
}

describe('pictures', () => {
  it('gives thumbnails, and makes them again when they are lost', async () => {
    const id = await imported(demoPhotos[0]!);
    const { path } = await pictures.thumb(id, 's');
    expect((await sharp(path).metadata()).height).toBe(320);
    rmSync(thumbDirOf(library.dir), { recursive: true });
    expect((await sharp((await pictures.thumb(id, 'l')).path).metadata()).width).toBe(1600);
  });

  it('gives the original with its true type, whatever its name', async () => {
    const path = join(folder, 'named.jpg');
    await sharp({ create: { width: 4, height: 4, channels: 3, background: '#000' } })
      .png()
      .toFile(path);
    expect(await pictures.photo(await imported(path))).toEqual({ path, mime: 'image/png' });
  });

  it('gives the crop of a face', async () => {
    const face = library.face({ photo: library.photo({ width: 400, height: 400 }), box: [150, 150, 50, 50] });
    library.db.sql.prepare('INSERT INTO crop (face_id, webp) VALUES (?, ?)').run(face, new Uint8Array([1, 2, 3]));
    expect([...(await pictures.face(face))]).toEqual([1, 2, 3]);
  });

  it('shows nothing but the picture of a face at its edge', async () => {
    const webp = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#888' } })
      .webp()
      .toBuffer();
    const photo = library.photo({ width: 400, height: 400 });
    const faces = [library.face({ photo, box: [150, 150, 50, 50] }), library.face({ photo, box: [0, 0, 150, 150] })];
    for (const face of faces) {
      library.db.sql.prepare('INSERT INTO crop (face_id, webp) VALUES (?, ?)').run(face, new Uint8Array(webp));
    }
    const sides = await Promise.all(
      faces.map(async (face) => (await sharp(await pictures.face(face)).metadata()).width),
    );
    expect(sides[0]).toBe(256);
    expect(sides[1]).toBeGreaterThan(120);
    expect(sides[1]).toBeLessThan(220);
  });

  it('says what is not known and what is gone', async () => {
    await expect(pictures.thumb(99, 's')).rejects.toMatchObject({ code: 'not-found' });
    await expect(pictures.photo(99)).rejects.toMatchObject({ code: 'not-found' });
    await expect(pictures.face(99)).rejects.toMatchObject({ code: 'not-found' });
    const path = join(folder, 'gone.jpg');
    writeFileSync(path, await sharp(demoPhotos[0]).resize(40).jpeg().toBuffer());
    const id = await imported(path);
    rmSync(thumbDirOf(library.dir), { recursive: true });
    writeFileSync(path, await sharp(demoPhotos[1]).resize(40).jpeg().toBuffer());
    await expect(pictures.thumb(id, 's')).rejects.toMatchObject({ code: 'missing' });
    rmSync(path);
    rmSync(thumbDirOf(library.dir), { recursive: true });
    await expect(pictures.photo(id)).rejects.toMatchObject({ code: 'missing' });
    await expect(pictures.thumb(id, 's')).rejects.toMatchObject({ code: 'missing' });
  });
});
