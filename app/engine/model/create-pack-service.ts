import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import type { Description } from './catalogue.ts';
import { checkEmbedder } from './check-embedder.ts';
import { importModel } from './import-model.ts';
import type { Manifest } from './manifest.ts';
import { readTarball } from './npm-tarball.ts';
import { packRecipes, type PackFiles, type Sources } from './pack-recipes.ts';
import type { PackService } from './pack-service.ts';
import { sha256 } from './pack.ts';

export function createPackService(): PackService {
  return {
    build: async ({ description, dir, into }, signal) => {
      const { manifest } = description;
      const recipe = packRecipes[manifest.name];
      if (!recipe) throw new Failure('not-found', `there is no recipe for the model pack ${manifest.name}`);
      const files = recipe(await gatherSources(description, dir));
      signal.throwIfAborted();
      compareWithManifest(files, manifest);
      const [first] = Object.values(files);
      if (manifest.role === 'embedder' && first) await checkEmbedder(first, manifest);
      await writePack(into, files, manifest);
    },
    import: async ({ file, facts, into }) => {
      const { manifest, model } = await importModel(await readModel(file), facts);
      await writePack(into, { 'model.onnx': model }, manifest);
      return manifest;
    },
  };
}

async function gatherSources({ sources }: Description, dir: string): Promise<Sources> {
  const files = new Map<string, () => Uint8Array>();
  for (const source of sources) {
    if ('urls' in source) for (const { name } of source.files) files.set(name, () => readFileSync(join(dir, name)));
    else for (const [name, bytes] of await fetchTarball(source, dir)) files.set(name, () => bytes);
  }
  return {
    names: [...files.keys()],
    read: (name) => {
      const read = files.get(name);
      if (!read) throw new Failure('internal', `no source of the pack has ${name}`);
      return read();
    },
  };
}

async function fetchTarball(...given: Parameters<typeof readTarball>): ReturnType<typeof readTarball> {
  try {
    return await readTarball(...given);
  } catch (error) {
    throw new Failure('download-failed', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function compareWithManifest(files: PackFiles, manifest: Manifest): void {
  for (const { name, sha256: wanted } of manifest.files) {
    const bytes = files[name];
    if (bytes && sha256(bytes) === wanted) continue;
    const message = `${name} of the model pack ${manifest.name} came out different from its description; please report this.`;
    throw new Failure('model-damaged', message);
  }
}

async function writePack(into: string, files: PackFiles, manifest: Manifest): Promise<void> {
  await mkdir(into, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(into, name), bytes);
  await writeFile(join(into, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function readModel(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Failure('missing', `The model file ${file} cannot be read.`, { cause: error });
  }
}
