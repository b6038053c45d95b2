import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openTestEngine } from '../../factories/test-engine.ts';
import { makeRoundedDlibPack } from '../../factories/rounded-dlib.ts';
import { cosine } from '../../fixtures/goldens.ts';
import { demoPhotos } from '../../fixtures/photos.ts';

let root: string;
let dir: string;
let packs: string;

/** How many vectors there are of each embedding version. */
function versions(of = dir): Record<string, number> {
  using sql = new DatabaseSync(join(of, 'library.sqlite'), { readOnly: true });
  const rows = sql.prepare('SELECT version, count(*) AS count FROM embedding GROUP BY version').all();
  return Object.fromEntries(rows.map((row) => [String(row['version']), Number(row['count'])]));
}

function vectors(): Map<number, Float32Array> {
  using sql = new DatabaseSync(join(dir, 'library.sqlite'), { readOnly: true });
  const rows = sql.prepare('SELECT face_id, vector FROM embedding').all();
  return new Map(
    rows.map((row) => [Number(row['face_id']), new Float32Array(new Uint8Array(row['vector'] as Uint8Array).buffer)]),
  );
}

const active = async (ask: Awaited<ReturnType<typeof openTestEngine>>['ask']) =>
  (await ask('models.list', {})).find((pack) => pack.active && pack.role === 'embedder')!.name;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'familiar-re-embed-'));
  [dir, packs] = [join(root, 'library'), join(root, 'packs')];
  makeRoundedDlibPack(packs);
  const { engine, ask, over } = await openTestEngine(dir, packs);
  const { job } = await ask('import.add', { paths: demoPhotos });
  expect(await over(job)).toMatchObject({ state: 'done', failed: 0 });
  await engine.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('changing the embedder', () => {
  it('goes on after the program was killed in the middle', async () => {
    const copy = join(root, 'copy');
    cpSync(dir, copy, { recursive: true });
    const script = join(import.meta.dirname, 're-embed-in-process.ts');
    const child = spawn(process.execPath, [script, copy, packs, 'rounded-dlib'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const { engine, ask, over } = await openTestEngine(copy, packs);
    expect(await active(ask)).toBe('fr-feature');
    expect((await ask('models.list', {})).find(({ next }) => next)?.name).toBe('rounded-dlib');
    let job;
    do [job] = await ask('jobs.list', {});
    while (job?.kind !== 'embed');
    expect(await over(job.id)).toMatchObject({ kind: 'embed', state: 'done', done: job.total });
    expect(await active(ask)).toBe('rounded-dlib');
    expect(Object.keys(versions(copy))).toHaveLength(1);
    await engine.close();
  });

  it('goes on past a crop that is damaged, and counts it', async () => {
    const copy = join(root, 'damaged');
    cpSync(dir, copy, { recursive: true });
    const sql = new DatabaseSync(join(copy, 'library.sqlite'));
    sql.exec("UPDATE crop SET webp = x'00' WHERE face_id = (SELECT min(face_id) FROM crop)");
    sql.close();
    const { engine, ask, over } = await openTestEngine(copy, packs);
    const { job } = await ask('models.use', { name: 'rounded-dlib' });
    const ended = await over(job!);
    expect(ended).toMatchObject({ state: 'done', failed: 1, done: ended.total - 1 });
    expect(await active(ask)).toBe('rounded-dlib');
    await engine.close();
  });

  it('keeps every name and correction, there and back, and drops the vectors that nobody needs', async () => {
    const { engine, ask, over } = await openTestEngine(dir, packs);
    const faces = await ask('export.faces', {});
    const [ada, bob, noFace] = [faces[0]!.id, faces[1]!.id, faces[2]!.id];
    await ask('faces.move', { faces: [ada], to: { name: 'Ada' } });
    await ask('faces.move', { faces: [bob], to: { name: 'Bob' } });
    await ask('faces.notFace', { faces: [noFace] });
    const said = async () => {
      const people = await ask('people.list', { hidden: false });
      const nameOf = new Map(people.map(({ id, name }) => [id, name]));
      const now = await ask('export.faces', {});
      return {
        ada: nameOf.get(now.find(({ id }) => id === ada)!.person!),
        bob: nameOf.get(now.find(({ id }) => id === bob)!.person!),
        noFace: now.some(({ id }) => id === noFace),
        faces: now.length,
      };
    };
    const before = { said: await said(), versions: versions(), vectors: vectors() };
    expect(before.said).toMatchObject({ ada: 'Ada', bob: 'Bob', noFace: false });

    const there = await ask('models.use', { name: 'rounded-dlib' });
    expect(await over(there.job!)).toMatchObject({ state: 'done', failed: 0, done: faces.length });
    expect(await said()).toEqual(before.said);
    expect(Object.values(versions())).toEqual([faces.length]);
    expect(versions()).not.toEqual(before.versions);

    const back = await ask('models.use', { name: 'fr-feature' });
    await over(back.job!);
    expect(await said()).toEqual(before.said);
    expect(versions()).toEqual(before.versions);
    // From crops of 256 pixels instead of the photos: nearly the same.
    for (const [id, vector] of vectors()) expect(cosine(vector, before.vectors.get(id)!)).toBeGreaterThan(0.9);

    await ask('history.undo', {});
    expect(await said()).toMatchObject({ noFace: true });
    await engine.close();
  });

  it('is taken back by naming the embedder that serves, and leaves nothing behind', async () => {
    const { engine, ask } = await openTestEngine(dir, packs);
    const before = versions();
    const changing = ask('models.use', { name: 'rounded-dlib' });
    await changing;
    expect(await ask('models.use', { name: 'fr-feature' })).toEqual({ job: null });
    expect(await active(ask)).toBe('fr-feature');
    expect((await ask('models.list', {})).some(({ next }) => next)).toBe(false);
    expect(versions()).toEqual(before);
    await engine.close();
  });

  it('refuses a pack that is not there or finds faces, and the removal of one in use', async () => {
    const { engine, ask } = await openTestEngine(dir, packs);
    await expect(ask('models.use', { name: 'nothing' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask('models.use', { name: 'mtcnn' })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(ask('models.remove', { name: 'fr-feature' })).rejects.toMatchObject({ code: 'model-in-use' });
    await expect(ask('models.remove', { name: 'mtcnn' })).rejects.toMatchObject({ code: 'bad-request' });
    await engine.close();
  });
});
