import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { falseAcceptRate } from '../../../app/engine/face/false-accept-rate.ts';
import { openTestEngine } from '../../factories/test-engine.ts';
import { demoPhotos, shared, sharedDir } from '../../fixtures/photos.ts';

let dir: string;
let library: Awaited<ReturnType<typeof openTestEngine>>;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'familiar-verify-'));
  library = await openTestEngine(join(dir, 'library'), join(dir, 'packs'));
});
afterAll(async () => {
  await library.engine.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('verify.pair', () => {
  it('finds a photo to be of the same person as itself, and does not take it into the library', async () => {
    const photo = demoPhotos[1]!;
    const verdict = await library.ask('verify.pair', { paths: [photo, photo] });
    expect(verdict).toMatchObject({ distance: 0, same: true, faces: [3, 3], embedder: 'fr-feature' });
    expect(verdict.pictures).toBeNull();
    expect((await library.ask('library.status', {})).photos).toBe(0);
  });

  it('gives the faces that were compared where they are asked for', async () => {
    const { pictures } = await library.ask('verify.pair', { paths: [demoPhotos[0]!, demoPhotos[1]!], pictures: true });
    const sizes = pictures!.map((picture) => sharp(Buffer.from(picture, 'base64')).metadata());
    for (const size of await Promise.all(sizes))
      expect(size).toMatchObject({ format: 'webp', width: 256, height: 256 });
  });

  it.skipIf(!sharedDir)('tells one person in two photos from two people, and how sure that is', async () => {
    const photo = (name: string, number: number) => shared('data/lfw-dev', name, `${name}_000${number}.jpg`);
    const [one, other] = [photo('Abel_Pacheco', 1), photo('Abel_Pacheco', 4)];
    const same = await library.ask('verify.pair', { paths: [one, other] });
    const different = await library.ask('verify.pair', { paths: [one, photo('Aaron_Peirsol', 1)] });
    expect(same.same).toBe(true);
    expect(different.same).toBe(false);
    expect(same.distance).toBeLessThan(same.threshold);
    expect(different.distance).toBeGreaterThan(different.threshold);
    expect(same.far).toBeGreaterThan(0);
    expect(same.far).toBeLessThan(0.02);
    expect(same.farAtDistance).toBeLessThan(same.far!);
  });

  it('compares faces of the library with each other and with a photo, by their crops', async () => {
    await library.over((await library.ask('import.add', { paths: [demoPhotos[1]!] })).job);
    const faces = await library.ask('export.faces', {});
    const [one, other] = faces;
    const itself = await library.ask('verify.pair', { paths: [one!.id, one!.id] });
    expect(itself).toMatchObject({ distance: 0, same: true, faces: [1, 1] });
    expect(await library.ask('verify.pair', { paths: [one!.id, other!.id] })).toMatchObject({ same: false });
    const inPhoto = faces.map(({ id }) => library.ask('verify.pair', { paths: [id, demoPhotos[1]!], pictures: true }));
    const verdicts = await Promise.all(inPhoto);
    expect(verdicts.filter(({ same }) => same)).toHaveLength(1);
    expect(verdicts.every(({ pictures }) => pictures?.[0] !== '')).toBe(true);
    const unknown = library.ask('verify.pair', { paths: [one!.id, 1_000_000] });
    await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says which photo has no face, is missing or is no picture', async () => {
    const empty = join(dir, 'empty.png');
    const blank = { width: 300, height: 200, channels: 3 as const, background: '#447799' };
    await sharp({ create: blank }).png().toFile(empty);
    const verify = (path: string) => library.ask('verify.pair', { paths: [demoPhotos[0]!, path] });
    await expect(verify(empty)).rejects.toMatchObject({ code: 'no-face', message: /empty\.png/ });
    await expect(verify(join(dir, 'lost.jpg'))).rejects.toMatchObject({ code: 'missing', message: /lost\.jpg/ });
    await expect(verify(import.meta.filename)).rejects.toMatchObject({ code: 'not-a-picture' });
  });
});

describe('falseAcceptRate', () => {
  const table = [
    { distance: 1, rate: 0.0001 },
    { distance: 1.1, rate: 0.01 },
  ];
  it('is what was measured at a point, and between two points by powers of ten', () => {
    expect(falseAcceptRate(table, 1)).toBeCloseTo(0.0001);
    expect(falseAcceptRate(table, 1.05)).toBeCloseTo(0.001);
    expect(falseAcceptRate(table, 1.1)).toBeCloseTo(0.01);
  });
  it('is no less than the first and no more than the last that was measured', () => {
    expect(falseAcceptRate(table, 0.2)).toBe(0.0001);
    expect(falseAcceptRate(table, 1.9)).toBe(0.01);
    expect(falseAcceptRate([], 1)).toBeNull();
  });
});
