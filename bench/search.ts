/**
 * How long pages and searches take at size, through the engine's door: `node bench/search.ts [photos …]`.
 */
import { resolve } from 'node:path';

import { openEngine, type Engine } from '../app/engine/engine.ts';
import { spawnThread } from '../app/workers/spawn.ts';
import { createTestLibrary } from '../test/factories/library.ts';
import { fillLibrary } from './fill-library.ts';

const sizes = process.argv.slice(2).map(Number);
const rounds = 40;

const queries: readonly string[] = [
  'a',
  'an',
  'anna',
  'anna abel',
  'anna abel or ben baker',
  'anna abel ben baker',
  '-anna',
  'only:"anna abel"',
  'only:"anna abel","ben baker"',
  '2019',
  '2019-06..2019-08',
  '-2019',
  'rome',
  'folder:be 2015..2019',
  'img',
  'img_1',
  'anna abel 2019 rome -ben',
  'nothing',
  'people:2',
  'people:3..',
  'people:0',
  'unnamed',
  '-unnamed',
  'is:favourite',
  'camera:canon',
  'summer 2019',
  'winter',
  'anna abel summer people:2',
];

async function ask(engine: Engine, name: string, input: unknown): Promise<number> {
  const start = performance.now();
  const reply = await engine.dispatch(name, input, new AbortController().signal);
  const taken = performance.now() - start;
  if (!reply.ok) throw new Error(`${name} ${JSON.stringify(input)}: ${reply.error.message}`);
  return taken;
}

function report(what: string, taken: readonly number[]): void {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1).padStart(9);
  console.log(
    `| ${what.padEnd(42)} | ${(taken[0] ?? 0).toFixed(1).padStart(9)} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`,
  );
}

async function measure(engine: Engine, what: string, name: string, inputs: readonly unknown[]): Promise<void> {
  const taken: number[] = [];
  for (const input of inputs) taken.push(await ask(engine, name, input));
  report(what, taken);
}

async function bench(photos: number): Promise<void> {
  const library = createTestLibrary();
  fillLibrary(library, photos);
  const engine = await openEngine({
    dir: library.dir,
    packDir: resolve(import.meta.dirname, '../resources/models/packs'),
    version: 'bench',
    spawn: spawnThread,
    clock: Date.now,
    random: Math.random,
    threads: 1,
    report: (where, error) => console.error(where, error),
  });
  const same = (input: unknown): unknown[] => Array.from({ length: rounds }, () => input);
  console.log(`\n${photos} photos, ms`);
  console.log(`| ${'request'.padEnd(42)} |     first |    median |       p95 |       max |\n|---|---|---|---|---|`);
  await measure(engine, 'library.status', 'library.status', same({}));
  await measure(engine, 'photos.timeline, everything', 'photos.timeline', same({ query: '' }));
  await measure(
    engine,
    'photos.cards, 200',
    'photos.cards',
    same({ ids: Array.from({ length: 200 }, (_, i) => i + 1) }),
  );
  await measure(engine, 'photos.get', 'photos.get', same({ id: 1 }));
  await measure(engine, 'people.list', 'people.list', same({ hidden: false }));
  await measure(engine, 'search.suggest', 'search.suggest', same({ query: 'anna b', cursor: 6 }));
  for (const query of queries) await measure(engine, `search ${query}`, 'photos.timeline', same({ query }));
  const mixed = Array.from({ length: rounds }).flatMap(() => queries.map((query) => ({ query })));
  await measure(engine, 'searches, all of these in turn', 'photos.timeline', mixed);
  await engine.close();
  library.close();
}

for (const photos of sizes.length > 0 ? sizes : [10_000]) await bench(photos);
