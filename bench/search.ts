/**
 * How long pages and searches take at size, through the engine's door: `node bench/search.ts [photos …]`. Wall time and
 * CPU time of the process; on a busy machine the second counts.
 */
import { resolve } from 'node:path';

import { openEngine, type Engine } from '../app/engine/engine.ts';
import { spawnThread } from '../app/workers/spawn.ts';
import { createTestLibrary } from '../test/factories/library.ts';
import { fillLibrary } from './fill-library.ts';
import { residentMegabytes } from './people/measure.ts';

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

interface Cost {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}

async function ask(engine: Engine, name: string, input: unknown): Promise<Cost> {
  const start = performance.now();
  const before = process.cpuUsage();
  const reply = await engine.dispatch(name, input, new AbortController().signal);
  const { user, system } = process.cpuUsage(before);
  const cost = { wall: performance.now() - start, cpu: (user + system) / 1000 };
  if (!reply.ok) throw new Error(`${name} ${JSON.stringify(input)}: ${reply.error.message}`);
  return cost;
}

function report(what: string, taken: readonly Cost[]): void {
  const cell = (value: number): string => value.toFixed(1).padStart(8);
  const shares = (of: (cost: Cost) => number): string[] => {
    const sorted = taken.map(of).sort((a, b) => a - b);
    return [0.5, 0.95, 1].map((share) => cell(sorted[Math.ceil(share * sorted.length) - 1] ?? 0));
  };
  const first = cell(taken[0]?.cpu ?? 0);
  const cells = [what.padEnd(42), first, ...shares(({ cpu }) => cpu), ...shares(({ wall }) => wall)];
  console.log(`| ${cells.join(' | ')} |`);
}

async function measure(engine: Engine, what: string, name: string, inputs: readonly unknown[]): Promise<Cost[]> {
  const taken: Cost[] = [];
  for (const input of inputs) taken.push(await ask(engine, name, input));
  report(what, taken);
  return taken;
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
  console.log(`\n${photos} photos, ms; resident before the first search ${residentMegabytes()}`);
  const columns = ['first', 'median', 'p95', 'max', 'median', 'p95', 'max'].map((name) => name.padStart(8));
  console.log(`| ${'request; CPU, then wall time'.padEnd(42)} | ${columns.join(' | ')} |\n|${' --- |'.repeat(8)}`);
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
  await measure(engine, 'search.together', 'search.together', same({ query: 'anna abel' }));
  const mixed = Array.from({ length: rounds }).flatMap(() => queries.map((query) => ({ query })));
  await measure(engine, 'searches, all of these in turn', 'photos.timeline', mixed);
  console.log(`\nResident after all searches: ${residentMegabytes()}`);
  await engine.close();
  library.close();
}

for (const photos of sizes.length > 0 ? sizes : [10_000]) await bench(photos);
