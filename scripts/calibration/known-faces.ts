import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

import { startModels } from '../../app/engine/model/start-models.ts';
import { spawnThread } from '../../app/workers/spawn.ts';
import { embedFolders, type KnownFaces } from './embed-folders.ts';

type Described = Omit<KnownFaces, 'vectors'> & { readonly version: string };

/**
 * The faces of `embedFolders` by an embedder, worked out once: they are kept in the temporary folder, in
 * `familiar-vectors/<pack>.bin` (rows of float32) and `.json` (whose they are), for as long as packs and folder stay.
 */
export async function knownFaces(pack: string, root: string): Promise<KnownFaces> {
  const packDir = resolve(import.meta.dirname, '../../resources/models/packs');
  const models = startModels({ packDir, embedder: () => pack, spawn: spawnThread, threads: 1 });
  const { detectorVersion, embeddingVersion, embedder } = models.packs();
  const version = `${detectorVersion} ${embeddingVersion} ${resolve(root)}`;
  const dir = join(tmpdir(), 'familiar-vectors');
  const file = join(dir, basename(root) === 'lfw-dev' ? pack : `${pack}-${basename(root)}`);
  const kept = readKept(file, version);
  if (kept) return kept;
  const { vectors, ...faces } = await embedFolders(root, await models.get(), embedder);
  await models.close();
  mkdirSync(dir, { recursive: true });
  writeFileSync(`${file}.bin`, vectors);
  writeFileSync(`${file}.json.new`, JSON.stringify({ ...faces, version } satisfies Described));
  renameSync(`${file}.json.new`, `${file}.json`);
  return { ...faces, vectors };
}

function readKept(file: string, version: string): KnownFaces | undefined {
  if (!existsSync(`${file}.json`)) return undefined;
  const described = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Described;
  if (described.version !== version) return undefined;
  const bytes = readFileSync(`${file}.bin`);
  const vectors = new Float32Array(new Uint8Array(bytes).buffer);
  return { ...described, vectors };
}
