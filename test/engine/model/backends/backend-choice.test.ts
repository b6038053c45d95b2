import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Packs } from '../../../../app/engine/context.ts';
import { openLibraryDb, type LibraryDb } from '../../../../app/engine/db/open.ts';
import { createBackendChoice, type BackendChoice } from '../../../../app/engine/model/backends/backend-choice.ts';
import type { Probe } from '../../../../app/engine/model/backends/probe-backend.ts';

let dir: string;
let db: LibraryDb;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'familiar-choice-'));
  db = openLibraryDb(join(dir, 'library.sqlite'));
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true });
});

/** Each call is another start of the program. */
const start = (version = '1.0'): BackendChoice => createBackendChoice({ db, version, clock: () => 1000 });
const packsOf = (embeddingVersion: string): Packs => ({ detectorVersion: 'd', embeddingVersion }) as Packs;
const packs = packsOf('e');
const measures = { device: 'graphics card', detectMs: 20, deviation: 1e-8, difference: 1e-7 };
const probes: readonly Probe[] = [
  { backend: 'ort-cpu', measures: { ...measures, facesPerSecond: 100 }, problem: null },
  { backend: 'tensorflow', measures: { ...measures, facesPerSecond: 5000, detectMs: 4 }, problem: null },
];

describe('the choice of a backend', () => {
  it('is the default until something was measured', () => {
    const choice = start();
    expect(choice.use(packs)).toBe('ort-cpu');
    expect(choice.known(packs)).toBeNull();
    expect(choice.isOpen(packs)).toBe(true);
  });

  it('holds for later starts, with the same version and packs only', () => {
    start().take(packs, probes, true);
    const later = start();
    expect(later.isOpen(packs)).toBe(false);
    expect(later.use(packs)).toBe('tensorflow');
    later.release();
    expect(start('1.1').use(packs)).toBe('ort-cpu');
    expect(start().use(packsOf('another'))).toBe('ort-cpu');
    expect(start().isOpen(packsOf('another'))).toBe(true);
  });

  it('is not trusted after the program ended within its use, until it was tried again', () => {
    const before = start();
    before.take(packs, probes, true);
    before.use(packs);
    const after = start();
    expect(after.use(packs)).toBe('ort-cpu');
    expect(after.isOpen(packs)).toBe(true);
    expect(after.known(packs)?.reasons.get('tensorflow')).toMatch(/ended unexpectedly while/);
    after.take(packs, probes, false);
    expect(after.use(packs)).toBe('tensorflow');
  });

  it('leaves a backend out after the second such end, until the user has it measured', () => {
    const first = start();
    first.take(packs, probes, true);
    first.use(packs);
    const second = start();
    second.take(packs, probes, false);
    second.use(packs);
    const third = start();
    expect(third.use(packs)).toBe('ort-cpu');
    expect(third.isOpen(packs)).toBe(false);
    expect(third.known(packs)?.reasons.get('tensorflow')).toBe(
      'Familiar ended unexpectedly 2 times while it was in use.',
    );
    third.take(packs, probes, true);
    expect(third.use(packs)).toBe('tensorflow');
  });

  it('blames nothing for an end in good order', () => {
    const before = start();
    before.take(packs, probes, true);
    before.use(packs);
    before.release();
    expect(start().use(packs)).toBe('tensorflow');
  });

  it('leaves out what stopped working, and says so once', () => {
    const choice = start();
    choice.take(packs, probes, true);
    expect(choice.refuse('tensorflow', 'the driver is gone')).toBe(true);
    expect(choice.refuse('tensorflow', 'the driver is gone')).toBe(false);
    expect(choice.use(packs)).toBe('ort-cpu');
    expect(start().known(packs)?.reasons.get('tensorflow')).toBe('TensorFlow stopped working: the driver is gone');
  });

  it('starts anew from a record that cannot be read', () => {
    start().take(packs, probes, true);
    db.write(() => db.sql.exec("UPDATE setting SET value = '{' WHERE key LIKE 'hardware-%'"));
    expect(start().use(packs)).toBe('ort-cpu');
    expect(start().isOpen(packs)).toBe(true);
  });
});
