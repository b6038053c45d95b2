import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import { Manifest } from './manifest.ts';

/** A model pack as it lies on the disk. */
export interface Pack<M extends Manifest = Manifest> {
  readonly dir: string;
  readonly manifest: M;
  /** Names what a model gives: two packs of one hash give the same numbers. 16 hexadecimal digits. */
  readonly hash: string;
}

const remedy = 'Run `familiar models add` with its name, or `node scripts/build-models.ts`.';

/** The first of the folders that has the pack; the last where none has it. `dirs` hold one folder a pack. */
export function folderWithPack(dirs: readonly string[], name: string): string {
  return dirs.find((dir) => existsSync(join(dir, name, 'manifest.json'))) ?? dirs.at(-1) ?? '.';
}

/**
 * Reads a pack's manifest and nothing else.
 * @throws {Failure} `model-missing`, `model-damaged`
 */
export function readPack<R extends Manifest['role']>(
  packDir: string,
  name: string,
  role: R,
): Pack<Extract<Manifest, { role: R }>> {
  const dir = join(packDir, name);
  const manifest = parseManifest(readText(join(dir, 'manifest.json'), name), name);
  if (!isRole(manifest, role)) {
    throw new Failure('model-damaged', `The model pack ${name} is a ${manifest.role} and no ${role}. ${remedy}`);
  }
  return { dir, manifest, hash: hashOf(manifest) };
}

/** The manifest of the pack `name` in `packDir`; null where there is none that can be read. */
export function readManifest(packDir: string, name: string): Manifest | null {
  try {
    return parseManifest(readText(join(packDir, name, 'manifest.json'), name), name);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/**
 * Reads one file of a pack and checks that it is what the manifest says.
 * @throws {Failure} `model-missing`, `model-damaged`
 */
export async function readModelFile({ dir, manifest }: Pack, name: string): Promise<Uint8Array> {
  const entry = manifest.files.find((file) => file.name === name);
  if (!entry) throw new Failure('model-damaged', `The model pack ${manifest.name} lists no ${name}. ${remedy}`);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(dir, name));
  } catch (error) {
    throw unreadable(error, manifest.name, name);
  }
  if (bytes.length !== entry.bytes) {
    throw new Failure(
      'model-damaged',
      `${name} of the model pack ${manifest.name} has ${bytes.length} bytes instead of ${entry.bytes}. ${remedy}`,
    );
  }
  if (sha256(bytes) !== entry.sha256) {
    throw new Failure('model-damaged', `${name} of the model pack ${manifest.name} has been changed. ${remedy}`);
  }
  return bytes;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(error, name, 'manifest.json');
  }
}

function parseManifest(text: string, name: string): Manifest {
  let problem: string;
  try {
    const parsed = Manifest.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    problem = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`;
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  throw new Failure('model-damaged', `The model pack ${name} has a broken manifest.json (${problem}). ${remedy}`);
}

function unreadable(error: unknown, pack: string, file: string): Failure {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return missing
    ? new Failure('model-missing', `The model pack ${pack} has no ${file}. ${remedy}`, { cause: error })
    : new Failure('model-damaged', `${file} of the model pack ${pack} cannot be read. ${remedy}`, { cause: error });
}

function isRole<R extends Manifest['role']>(manifest: Manifest, role: R): manifest is Extract<Manifest, { role: R }> {
  return manifest.role === role;
}

/** Of what changes a model's numbers; not of titles, licences or thresholds that are applied to them later. */
function hashOf(manifest: Manifest): string {
  const files = manifest.files.map((file) => file.sha256);
  const facts =
    manifest.role === 'embedder'
      ? [manifest.inputSize, manifest.layout, manifest.colour, manifest.normalisation, manifest.template]
      : [manifest.family, manifest.scoreThreshold];
  return sha256(JSON.stringify([files, facts])).slice(0, 16);
}
