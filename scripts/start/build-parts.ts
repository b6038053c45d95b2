import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { runNode } from './run-node.ts';

/** A part of the app that is made from sources. */
interface Part {
  readonly name: string;
  /** Exists when the part was built; its age is the part's. */
  readonly result: string;
  /** Glob patterns of what it is made from. */
  readonly sources: readonly string[];
  readonly command: readonly string[];
}

export const pagePart: Part = {
  name: 'the interface',
  result: 'dist/renderer/index.html',
  sources: ['renderer/**/*.{ts,svelte,css,html,svg,json}', 'app/contract/*.ts', 'vite.config.ts', 'svelte.config.js'],
  command: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
};

export const desktopPart: Part = {
  name: 'the desktop app',
  result: 'dist/app/main/main.js',
  sources: ['app/**/*.{ts,cts}', 'tsconfig.json', 'tsconfig.build.json'],
  command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
};

/**
 * Builds a part that is missing or older than its sources.
 * @throws {Error} saying what to do, where the build fails
 */
export async function buildPart(root: string, part: Part): Promise<void> {
  if (isFresh(root, part)) return;
  console.info(`Building ${part.name} …`);
  const code = await runNode(root, part.command);
  if (code !== 0) throw new Error(`${part.name} could not be built; the reason is above. "npm ci" repairs a set-up.`);
}

function isFresh(root: string, { result, sources }: Part): boolean {
  const built = join(root, result);
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return globSync([...sources], { cwd: root }).every((source) => statSync(join(root, source)).mtimeMs <= builtAt);
}
