import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { Failure } from '../../contract/errors.ts';
import { Manifest } from './manifest.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** An npm package whose tarball holds weights. */
const NpmSource = z.object({
  package: z.string(),
  version: z.string(),
  /** `sha512-…`, as in a lock file. */
  integrity: z.string(),
  /** Of the tarball. */
  bytes: z.number().int().positive(),
  /** Path in the tarball → SHA-256. */
  files: z.record(z.string(), hash),
});
export type NpmSource = z.infer<typeof NpmSource>;

/** Files that are fetched one by one. */
const UrlSource = z.object({
  /** Folders that have the files, the first to be tried first. */
  urls: z.array(z.url()).min(1),
  files: z.array(z.object({ name: z.string().regex(/^[\w.-]+$/), bytes: z.number().int().positive(), sha256: hash })),
});
export type UrlSource = z.infer<typeof UrlSource>;

/** What the catalogue says of a pack: where its parts come from, how good it is, and what it will be. */
export const Description = z.object({
  sources: z.array(z.union([NpmSource, UrlSource])),
  /** How well it does and on what, in words. */
  measured: z.string(),
  /** CPU milliseconds to describe a face that is kept, on one core: bench/results/models.md. Absent: not measured. */
  faceMs: z.number().positive().optional(),
  manifest: Manifest,
});
export type Description = z.infer<typeof Description>;

/** Bytes that installing the pack fetches. */
export function downloadBytes({ sources }: Description): number {
  return sources
    .flatMap((source) => ('urls' in source ? source.files.map(({ bytes }) => bytes) : [source.bytes]))
    .reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Every pack that can be had, by name: the descriptions in `dir`, one file each.
 * @throws {Failure} `model-damaged`
 */
export function readCatalogue(dir: string): ReadonlyMap<string, Description> {
  try {
    const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
    return new Map(
      files.map((name) => {
        const description = Description.parse(JSON.parse(readFileSync(join(dir, name), 'utf8')));
        return [description.manifest.name, description];
      }),
    );
  } catch (error) {
    const message = `The list of model packs in ${dir} cannot be read. Install Familiar again.`;
    throw new Failure('model-damaged', message, { cause: error });
  }
}
