import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

import allowedImports from './layers.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '..');

/** Folder → folders of ours it may import. */
const layers: Readonly<Record<string, readonly string[]>> = allowedImports;

/** Packages that only some folders may name. Everything else is free below `app`. */
const keptPackages: readonly { readonly name: RegExp; readonly only: readonly string[] }[] = [
  { name: /^electron(\/|$)/, only: ['app/main', 'app/preload'] },
  { name: /^(node:)?sqlite$/, only: ['app/engine'] },
  { name: /^(onnxruntime-node|hnswlib-node|sharp)$/, only: ['app/engine'] },
  { name: /^svelte(\/|$)/, only: ['renderer'] },
];

interface Import {
  readonly file: string;
  readonly from: string;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|cts|svelte)$/.test(name))
    .map((name) => posix.join(folder, name.split(sep).join('/')));
}

/** Static, dynamic, re-exporting, type-only and `require` imports: whatever names another module in quotes. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const pattern = /(?:\bfrom\s*|\bimport\s*|\b(?:import|require|resolve)\s*\(\s*)(['"])([^'"]+)\1/g;
  return [...text.matchAll(pattern)].map((match) => ({ file, from: match[2]! }));
}

function layerOf(path: string): string | undefined {
  return Object.keys(layers).find((layer) => path.startsWith(`${layer}/`));
}

const files = [...sources('app'), ...sources('renderer')];
const imports = files.flatMap(importsOf);

describe('the layers', () => {
  it('finds the imports it is to judge', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('lets a folder import only what its runtime has', () => {
    const wrong = imports.filter(({ file, from }) => {
      if (!from.startsWith('.')) return false;
      const target = relative(root, resolve(root, file, '..', from))
        .split(sep)
        .join('/');
      const [here, there] = [layerOf(file), layerOf(target)];
      return here !== undefined && here !== there && (there === undefined || !layers[here]!.includes(there));
    });
    expect(wrong).toEqual([]);
  });

  it('keeps Electron, SQL and native modules where they belong', () => {
    const wrong = imports.filter(({ file, from }) =>
      keptPackages.some(({ name, only }) => name.test(from) && !only.includes(layerOf(file) ?? '')),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps Node out of the contract and the interface', () => {
    const wrong = imports.filter(
      ({ file, from }) => /^(app\/contract|app\/charts|renderer)\//.test(file) && from.startsWith('node:'),
    );
    expect(wrong).toEqual([]);
  });

  it('puts every source file into a layer', () => {
    expect(files.filter((file) => layerOf(file) === undefined)).toEqual([]);
  });

  it('has no cycle of imports below app', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter(({ from }) => from.startsWith('.'))
          .map(({ from }) =>
            relative(root, resolve(root, file, '..', from))
              .split(sep)
              .join('/'),
          ),
      ]),
    );
    const state = new Map<string, 'open' | 'done'>();
    const cycle: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done' || cycle.length > 0) return;
      if (state.get(file) === 'open') {
        cycle.push(...path.slice(path.indexOf(file)), file);
        return;
      }
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycle).toEqual([]);
  });
});
