import { globSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { demoPhotos } from '../fixtures/photos.ts';
import { familiar, familiarJson, tempDirForFile } from './run-familiar.ts';

const Scan = z.object({
  photos: z.number(),
  faces: z.number(),
  failed: z.array(z.object({ path: z.string(), reason: z.string(), code: z.string() })),
  seconds: z.number().positive(),
  people: z.number(),
  groups: z.number(),
});
const People = z.array(
  z.strictObject({
    id: z.number(),
    name: z.string().nullable(),
    faces: z.number(),
    photos: z.number(),
    hidden: z.boolean(),
    birth: z.iso.date().nullable(),
  }),
);
const Faces = z.array(
  z.strictObject({
    id: z.number(),
    photo: z.string(),
    box: z.tuple([z.number(), z.number(), z.number().positive(), z.number().positive()]),
    score: z.number().min(0).max(1),
    quality: z.number().min(0).max(1),
    person: z.number().nullable(),
  }),
);
const Search = z.array(
  z.strictObject({
    photo: z.string(),
    date: z.string().nullable(),
    people: z.array(z.object({ id: z.number(), name: z.string().nullable() })),
  }),
);

// Each command is a process of its own: slow on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const root = tempDirForFile();
const library = join(root, 'library');
const notes = join(root, 'notes.jpg');

/** Named in one test and used in those that follow, as a user's session goes on. */
const group = async (): Promise<number> => People.parse(await familiarJson(library, 'people'))[0]!.id;

/** Thumbnails and when each was written: a photo that is read writes its own. */
const thumbnails = (): [string, number][] =>
  globSync('thumbs/**/*.webp', { cwd: library })
    .sort()
    .map((name) => [name, statSync(join(library, name)).mtimeMs]);

describe('the command line', () => {
  beforeAll(async () => {
    writeFileSync(notes, 'not a picture');
    Scan.parse(await familiarJson(library, 'scan', ...demoPhotos));
  });

  it('scans photos, and reads none of them twice', async () => {
    const before = thumbnails();
    const scan = Scan.parse(await familiarJson(library, 'scan', ...demoPhotos));
    expect(scan).toMatchObject({ photos: 6, failed: [] });
    expect(scan.faces).toBeGreaterThanOrEqual(20);
    expect(thumbnails()).toEqual(before);
  });

  it('lists what could not be read and goes on with the rest', async () => {
    const missing = join(root, 'missing');
    const { code, stdout } = await familiar(library, 'scan', missing, notes, demoPhotos[0]!, '--json');
    const scan = Scan.parse(JSON.parse(stdout));
    expect(scan.photos).toBe(1);
    expect(scan.failed.map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        [missing, 'missing'],
        [notes, 'not-a-picture'],
      ]),
    );
    expect(code).toBe(3);
  });

  it('says what is in an empty folder: nothing', async () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    expect(await familiarJson(library, 'scan', empty)).toMatchObject({ photos: 0, faces: 0, failed: [] });
  });

  it('lists people and faces', async () => {
    const people = People.parse(await familiarJson(library, 'people'));
    const faces = Faces.parse(await familiarJson(library, 'faces'));
    expect(faces.map(({ photo }) => photo)).toEqual(expect.arrayContaining(demoPhotos));
    const known = new Set(people.map(({ id }) => id));
    for (const { person } of faces) if (person !== null) expect(known).toContain(person);
    for (const { id, faces: count } of people) {
      expect(faces.filter(({ person }) => person === id)).toHaveLength(count);
    }
  });

  it('names a group, finds its photos, and takes the name back in another session', async () => {
    const id = String(await group());
    expect((await familiar(library, 'name', id, 'Anna Schmidt')).stdout).toContain('Anna Schmidt');
    const found = Search.parse(await familiarJson(library, 'search', 'anna'));
    expect(found.length).toBeGreaterThan(0);
    for (const { people } of found) expect(people.map(({ name }) => name)).toContain('Anna Schmidt');
    const without = Search.parse(await familiarJson(library, 'search', '-anna'));
    expect(found.length + without.length).toBe(6);

    await familiarJson(library, 'undo');
    expect(People.parse(await familiarJson(library, 'people'))[0]).toMatchObject({ id: Number(id), name: null });
    await familiarJson(library, 'redo');
    expect(People.parse(await familiarJson(library, 'people'))[0]).toMatchObject({ name: 'Anna Schmidt' });
  });

  it('takes a name for a person, whatever its case', async () => {
    expect((await familiar(library, 'name', 'anna schmidt', 'Anne')).code).toBe(0);
    expect(People.parse(await familiarJson(library, 'people')).map(({ name }) => name)).toContain('Anne');
    await familiarJson(library, 'undo');
  });

  it('says in words and in JSON what went wrong', async () => {
    const plain = await familiar(library, 'name', 'Nobody', 'Somebody');
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr).toContain('nobody is called Nobody');
    const json = await familiar(library, 'name', 'Nobody', 'Somebody', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'not-found' } });
  });

  it('erases a person only when told twice, and scans nobody there again', async () => {
    const before = People.parse(await familiarJson(library, 'people'));
    const { id, faces, name } = before[0]!;
    const asked = await familiar(library, 'erase', String(id));
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain('cannot be undone');
    expect(await familiarJson(library, 'erase', String(id), '--yes')).toEqual({ id, faces });
    const left = Faces.parse(await familiarJson(library, 'faces')).length;
    await familiarJson(library, 'scan', ...demoPhotos);
    expect(Faces.parse(await familiarJson(library, 'faces'))).toHaveLength(left);
    expect(People.parse(await familiarJson(library, 'people')).map((person) => person.name)).not.toContain(name);
    expect((await familiar(library, 'undo')).stdout).not.toContain(String(name));
  });

  it('answers wrong usage with 2, and with --json by a document', async () => {
    const { code, stdout } = await familiar(library, 'sing', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'bad-request' } });
  });
});
