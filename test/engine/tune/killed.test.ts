import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createHeadTable } from '../../../app/engine/db/heads.ts';
import { folderWithPack, readPack } from '../../../app/engine/model/pack.ts';
import { settings } from '../../../app/engine/settings.ts';
import { plannedHead } from '../../factories/heads.ts';
import { createIdentities } from '../../factories/identities.ts';
import { createRandom, createTestLibrary, testVersion } from '../../factories/library.ts';
import { openTestEngine } from '../../factories/test-engine.ts';

let root: string;
let version: string;

/** A library of the embedder that Familiar comes with: ten people with four faces each, and two heads. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'familiar-killed-'));
  const packDir = resolve(import.meta.dirname, '../../../resources/models/packs');
  const name = settings.models.embedder;
  const { hash, manifest } = readPack(folderWithPack([packDir], name), name, 'embedder');
  version = hash;
  const library = createTestLibrary();
  const { face } = createIdentities(1, manifest.dimensions, 0.6);
  for (let who = 0; who < 10; who++) {
    const person = library.person(`Person ${who}`);
    for (let day = 1; day <= 4; day++) {
      const photo = library.photo({ taken: `20${10 + who}-01-0${day}` });
      library.label(library.face({ photo, person, vector: face(who) }), person);
    }
  }
  library.db.sql.prepare('UPDATE embedding SET version = ? WHERE version = ?').run(version, testVersion);
  const heads = createHeadTable(library.db.sql);
  const random = createRandom(2);
  const weights = () => Float32Array.from({ length: manifest.dimensions ** 2 }, () => 0.02 * (random() - 0.5));
  for (let head = 0; head < 2; head++) heads.add(plannedHead({ version, weights: weights() }));
  library.db.sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  cpSync(library.dir, join(root, 'library'), { recursive: true });
  library.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function copyOf(name: string): string {
  cpSync(join(root, 'library'), join(root, name), { recursive: true });
  return join(root, name);
}

/** Runs a script until it has said something so many times and for some milliseconds more, and kills it. */
async function killWithin(script: string, args: readonly string[], words: number, ms: number): Promise<void> {
  const file = join(import.meta.dirname, script);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (let word = 0; word < words; word++) await once(child.stdout, 'data');
  await sleep(ms);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const labelsIn = (dir: string) => {
  using sql = new DatabaseSync(join(dir, 'library.sqlite'));
  return sql.prepare('SELECT * FROM label ORDER BY face_id').all();
};

describe('a program that is killed', () => {
  it('while it learns has adopted nothing, says so, and learns again when asked', async () => {
    const dir = copyOf('learning');
    await killWithin('learn-in-process.ts', [dir], 1, 0);
    const { engine, ask } = await openTestEngine(dir, 'no-packs');
    const cut = await ask('tune.state', {});
    expect(cut).toMatchObject({ run: null, problem: expect.stringContaining('ended while it learnt') as string });
    expect(cut.heads).toHaveLength(2);
    expect(cut.heads.some(({ active }) => active)).toBe(false);
    await ask('tune.start', { settings: { steps: 10 } });
    while ((await ask('tune.state', {})).run) await sleep(50);
    const again = await ask('tune.state', {});
    expect(again.problem).toBeNull();
    expect(again.heads).toHaveLength(3);
    await engine.close();
  });

  it.each([2, 3])('while another head comes into use (kill %i) has the old one or the new one, whole', async (kill) => {
    const dir = copyOf(`adopting-${kill}`);
    const labels = labelsIn(dir);
    await killWithin('adopt-in-process.ts', [dir, '1', '2', '0'], kill, 12 * (kill - 1));
    const { engine, ask } = await openTestEngine(dir, 'no-packs');
    const { heads } = await ask('tune.state', {});
    const active = heads.filter((head) => head.active);
    expect(active.length).toBeLessThan(2);
    await new Promise(setImmediate);
    while ((await ask('tune.state', {})).run) await sleep(20);
    await ask('cluster.run', {});
    const people = await ask('people.list', { hidden: true });
    expect(people.filter(({ name }) => name !== null).map(({ faces }) => faces)).toEqual(Array(10).fill(4));
    expect((await ask('tune.state', {})).heads).toEqual(heads);
    await engine.close();
    expect(labelsIn(dir)).toEqual(labels);
    using sql = new DatabaseSync(join(dir, 'library.sqlite'));
    const by = sql.prepare("SELECT value FROM setting WHERE key = 'grouped_by'").get();
    expect(by).toEqual({ value: active[0] ? `${version}+${active[0].id}` : version });
  });
});
