import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expect, it } from 'vitest';

import type { Output } from '../../app/contract/api.ts';
import { createHeadTable } from '../../app/engine/db/heads.ts';
import { folderWithPack, readPack } from '../../app/engine/model/pack.ts';
import { settings } from '../../app/engine/settings.ts';
import { plannedHead } from '../factories/heads.ts';
import { createIdentities } from '../factories/identities.ts';
import { createTestLibrary, testVersion } from '../factories/library.ts';
import { familiar, familiarJson, tempDirForFile } from './run-familiar.ts';

const root = tempDirForFile();

/** A library with three named people and a version that waits for a decision. */
function prepare(): string {
  const packDir = resolve(import.meta.dirname, '../../resources/models/packs');
  const name = settings.models.embedder;
  const { hash, manifest } = readPack(folderWithPack([packDir], name), name, 'embedder');
  const library = createTestLibrary();
  const { face } = createIdentities(1, manifest.dimensions, 0.6);
  for (let who = 0; who < 3; who++) {
    const person = library.person(`Person ${who}`);
    for (let photo = 0; photo < 3; photo++)
      library.label(library.face({ photo: library.photo(), person, vector: face(who) }), person);
  }
  library.db.sql.prepare('UPDATE embedding SET version = ? WHERE version = ?').run(hash, testVersion);
  const weights = new Float32Array(manifest.dimensions ** 2);
  createHeadTable(library.db.sql).add(plannedHead({ version: hash, embedder: name, weights }));
  library.db.sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const dir = join(root, 'library');
  cpSync(library.dir, dir, { recursive: true });
  library.close();
  return dir;
}

it(
  'says what was learnt, uses it and goes back, declines it, and says why it cannot learn',
  { timeout: 240_000 },
  async () => {
    const dir = prepare();
    const status = await familiar(dir, 'tune', '--status');
    expect(status.code).toBe(0);
    expect(status.stdout).toContain('3 people with 9 faces to learn from');
    expect(status.stdout).toMatch(/^1 +waiting/m);

    const used = (await familiarJson(dir, 'tune', '--use', '1')) as Output<'tune.state'>;
    expect(used.heads).toMatchObject([{ id: 1, state: 'adopted', active: true }]);
    expect(used.run).toBeNull();
    const back = await familiar(dir, 'tune', '--use', 'none');
    expect(back.stdout).toContain('by the model alone');
    const declined = (await familiarJson(dir, 'tune', '--decline', '1')) as Output<'tune.state'>;
    expect(declined.heads).toMatchObject([{ state: 'declined', active: false }]);

    const refused = await familiar(dir, 'tune');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Name at least 8 people');
  },
);
