import { existsSync, readdirSync } from 'node:fs';

import type { ModelPack } from '../../contract/model.ts';
import { downloadBytes, type Description } from './catalogue.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './pack.ts';

export interface PackPlaces {
  /** Where packs are looked for, in order. */
  readonly dirs: readonly string[];
  /** The one of them that came with the program. */
  readonly builtIn: string;
  readonly catalogue: ReadonlyMap<string, Description>;
}

interface Installed {
  readonly dir: string;
  readonly manifest: Manifest;
}

/** Every pack that is installed or can be had, by name. */
export function listPacks(
  { dirs, builtIn, catalogue }: PackPlaces,
  use: { readonly active: readonly string[]; readonly next: string | null },
): ModelPack[] {
  const installed = installedPacks(dirs);
  return [...new Set([...installed.keys(), ...catalogue.keys()])].toSorted().flatMap((name) => {
    const [pack, description] = [installed.get(name), catalogue.get(name)];
    const manifest = pack?.manifest ?? description?.manifest;
    if (!manifest) return [];
    const { title, role, licence, source } = manifest;
    return {
      ...{ name, title, role, licence, source },
      measured: description?.measured ?? null,
      faceMs: description?.faceMs ?? null,
      installed: pack !== undefined,
      builtIn: pack?.dir === builtIn,
      active: use.active.includes(name),
      next: use.next === name,
      bytes: pack ? bytesOf(pack) : description ? downloadBytes(description) : 0,
    };
  });
}

/** The first folder that has a pack counts. One that is damaged is left out: it can be added again. */
function installedPacks(dirs: readonly string[]): ReadonlyMap<string, Installed> {
  const found = new Map<string, Installed>();
  for (const dir of dirs.toReversed()) {
    if (!existsSync(dir)) continue;
    for (const name of readdirSync(dir)) {
      const manifest = name.startsWith('.') ? null : readManifest(dir, name);
      if (manifest) found.set(name, { dir, manifest });
    }
  }
  return found;
}

function bytesOf({ manifest }: Installed): number {
  return manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
}
