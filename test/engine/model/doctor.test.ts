import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Output } from '../../../app/contract/api.ts';
import type { EngineContext } from '../../../app/engine/context.ts';
import { openLibraryDb, type LibraryDb } from '../../../app/engine/db/open.ts';
import { createDoctor } from '../../../app/engine/model/doctor.ts';
import { startModels, type Models } from '../../../app/engine/model/start-models.ts';
import { spawnThread } from '../../../app/workers/spawn.ts';

const built = resolve(import.meta.dirname, '../../../resources/models/packs');
let dir: string;
let db: LibraryDb;
let models: Models;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'familiar-doctor-'));
  cpSync(built, join(dir, 'packs'), { recursive: true });
  db = openLibraryDb(join(dir, 'library.sqlite'));
  models = startModels({ packDir: join(dir, 'packs'), spawn: spawnThread, threads: 1 });
});
afterEach(async () => {
  await models.close();
  db.close();
  rmSync(dir, { recursive: true });
});

async function findings(): Promise<Map<string, Output<'doctor.run'>[number]>> {
  const context = { dir, db, packs: models.packs, models: models.get } as Partial<EngineContext> as EngineContext;
  const found = await createDoctor(context).handlers['doctor.run']({}, new AbortController().signal);
  return new Map(found.map((finding) => [finding.name, finding]));
}

test('where everything is there every line is well, with measured speeds', async () => {
  const found = await findings();
  expect([...found.values()].filter(({ ok }) => !ok)).toEqual([]);
  expect(found.get('Embedder')?.detail).toMatch(/[1-9]\d* faces a second/);
  expect(found.get('Detector')?.detail).toMatch(/[1-9]\d* photos/);
});

test('a missing pack is named with the remedy, and the rest is looked at all the same', async () => {
  rmSync(join(dir, 'packs/fr-feature'), { recursive: true });
  const found = await findings();
  expect(found.get('Model packs')?.ok).toBe(false);
  expect(found.get('Model packs')?.detail).toContain('build-models');
  expect(found.get('Library')?.ok).toBe(true);
});

test('an embedder that gives other numbers is found out', async () => {
  const file = join(dir, 'packs/fr-feature/manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...manifest, normalisation: { mean: [0, 0, 0], scale: 255 } }));
  const embedder = (await findings()).get('Embedder');
  expect(embedder?.ok).toBe(false);
  expect(embedder?.detail).toContain('cosine');
});
