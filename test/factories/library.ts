import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import type { EventName, Events } from '../../app/contract/api.ts';
import type { FaceId, PersonId, PhotoId } from '../../app/contract/ids.ts';
import type { EngineContext, Packs } from '../../app/engine/context.ts';
import { openLibraryDb, type LibraryDb } from '../../app/engine/db/open.ts';
import { createParts } from '../../app/engine/db/parts.ts';
import { createRecognition } from '../../app/engine/recognition.ts';

export interface PhotoPlan {
  readonly path?: string;
  /** `2019-08-12` or `2019-08-12T10:30:00`; null: no date. */
  readonly taken?: string | null;
  readonly width?: number;
  readonly height?: number;
  readonly camera?: string | null;
  /** People in the photo, a face each, in columns from left to right. */
  readonly people?: readonly (PersonId | null)[];
}

export interface FacePlan {
  readonly photo: PhotoId;
  readonly person?: PersonId | null;
  readonly box?: readonly [left: number, top: number, width: number, height: number];
  readonly score?: number;
  readonly quality?: number;
  readonly manual?: boolean;
  readonly gone?: boolean;
  /** Of any length; it is stored with L2 norm 1. */
  readonly vector?: ArrayLike<number>;
}

/** A library in a temporary folder, filled row by row. Close it after the test. */
export interface TestLibrary {
  readonly dir: string;
  readonly db: LibraryDb;
  readonly context: EngineContext;
  /** Every event that was emitted, oldest first. */
  readonly emitted: { readonly name: EventName; readonly payload: Events[EventName] }[];
  photo(plan?: PhotoPlan): PhotoId;
  face(plan: FacePlan): FaceId;
  person(name: string | null, options?: { readonly hidden?: boolean }): PersonId;
  label(face: FaceId, person: PersonId, strength?: 'confirmed' | 'accepted'): void;
  /** As grouping does. */
  show(faces: readonly number[], person: number | null): void;
  close(): void;
}

/** The version under which the factory stores vectors. */
export const testVersion = 'test-embedder';

/** The facts of a context that no test looks at may be left out; `overrides` brings real services in. */
export function createTestLibrary(overrides: Partial<EngineContext> = {}): TestLibrary {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const db = openLibraryDb(join(dir, 'library.sqlite'));
  const emitted: TestLibrary['emitted'] = [];
  const insert = createInserts(db);
  const face: TestLibrary['face'] = insert.face;
  return {
    dir,
    db,
    emitted,
    context: createContext(dir, db, emitted, overrides),
    photo: (plan = {}) => {
      const photo = insert.photo(plan);
      for (const [column, person] of (plan.people ?? []).entries()) {
        face({ photo, person, box: [column * 120, 0, 100, 100] });
      }
      return photo;
    },
    face,
    person: insert.person,
    label: insert.label,
    show: insert.show,
    close: () => {
      db.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function createInserts(db: LibraryDb): Pick<TestLibrary, 'photo' | 'face' | 'person' | 'label' | 'show'> {
  const photo = db.sql.prepare(
    `INSERT INTO photo (path, hash, size, mtime_ms, width, height, taken_at, date_source, camera, read_version, added_at)
     VALUES (?, randomblob(32), 1000, 0, ?, ?, ?, ?, ?, 1, 0)`,
  );
  const text = db.sql.prepare('INSERT INTO photo_text (rowid, folder, name) VALUES (?, ?, ?)');
  const face = db.sql.prepare(
    `INSERT INTO face_row (photo_id, left, top, width, height, score, sharpness, yaw, pitch, roll, quality, manual, gone)
     VALUES (?, ?, ?, ?, ?, ?, 1, 0, 0, 0, ?, ?, ?)`,
  );
  const embedding = db.sql.prepare('INSERT INTO embedding (face_id, version, vector) VALUES (?, ?, ?)');
  const person = db.sql.prepare('INSERT INTO person (name, hidden) VALUES (?, ?)');
  const parts = createParts(db.sql);
  const show = (faces: readonly number[], owner: number | null): void =>
    parts.change(faces, (state) => ({ ...state, person: owner }));
  let photos = 0;
  return {
    photo: (plan) => {
      const path = plan?.path ?? `/photos/img_${String(++photos).padStart(6, '0')}.jpg`;
      const taken = plan?.taken === undefined ? '2020-01-01' : plan.taken;
      const at = taken === null ? null : Date.parse(taken.includes('T') ? `${taken}Z` : taken);
      const source = at === null ? null : 'exif';
      const added = photo.run(path, plan?.width ?? 400, plan?.height ?? 300, at, source, plan?.camera ?? null);
      text.run(added.lastInsertRowid, dirname(path), basename(path));
      return Number(added.lastInsertRowid) as PhotoId;
    },
    face: (plan) => {
      const box = plan.box ?? [10, 10, 100, 100];
      const { score = 0.99, quality = 0.8, manual = false, gone = false, person: owner = null } = plan;
      const added = face.run(plan.photo, ...box, score, quality, Number(manual), Number(gone));
      const id = Number(added.lastInsertRowid) as FaceId;
      if (owner !== null) show([id], owner);
      if (plan.vector) embedding.run(id, testVersion, unitBytes(plan.vector));
      return id;
    },
    person: (name, options) => {
      return Number(person.run(name, Number(options?.hidden ?? false)).lastInsertRowid) as PersonId;
    },
    label: (faceId, personId, strength = 'confirmed') =>
      parts.change([faceId], (state) => ({ ...state, label: { person: personId, strength } })),
    show,
  };
}

function unitBytes(vector: ArrayLike<number>): Uint8Array {
  const unit = Float32Array.from(vector);
  const norm = Math.hypot(...unit);
  for (let i = 0; i < unit.length; i++) unit[i] = unit[i]! / norm;
  return new Uint8Array(unit.buffer);
}

function createContext(
  dir: string,
  db: LibraryDb,
  emitted: TestLibrary['emitted'],
  overrides: Partial<EngineContext>,
): EngineContext {
  let now = Date.UTC(2026, 0, 1);
  return {
    dir,
    version: '0.0.0-test',
    db,
    media: absent('media threads') as EngineContext['media'],
    mediaThreads: 1,
    index: absent('index thread') as EngineContext['index'],
    packs: () => testPacks,
    recognition: createRecognition(overrides.packs ?? (() => testPacks), db.sql),
    models: () => Promise.reject(new Error('this test has no model thread')),
    clock: () => now++,
    random: createRandom(1),
    emit: (name, payload) => emitted.push({ name, payload }),
    report: (where, error) => console.error(where, error),
    changed: (...subjects) => emitted.push({ name: 'changed', payload: { subjects } }),
    closing: new AbortController().signal,
    ...overrides,
  };
}

function absent(what: string): object {
  return new Proxy(
    {},
    {
      get: (_, method) => {
        throw new Error(`this test has no ${what} (${String(method)})`);
      },
    },
  );
}

const pack = { title: 'Test', licence: 'MIT', source: 'none', files: [] };
/** Packs of the context; no model stands behind them. */
export const testPacks: Packs = {
  detector: { ...pack, name: 'test-detector', role: 'detector', family: 'test', scoreThreshold: 0.5 },
  embedder: {
    ...pack,
    name: testVersion,
    role: 'embedder',
    inputSize: 112,
    layout: 'nchw',
    colour: 'rgb',
    normalisation: { mean: [127.5, 127.5, 127.5], scale: 127.5 },
    template: 'arcface-112',
    dimensions: 512,
    thresholds: { pair: 1.21, eps: 0.96, acceptance: 1.12 },
  },
  detectorVersion: 'test-detector',
  embeddingVersion: testVersion,
};

/** Uniform numbers in [0, 1), the same for the same seed: a linear congruential generator (Numerical Recipes). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
