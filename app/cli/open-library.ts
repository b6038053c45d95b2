import { setTimeout as sleep } from 'node:timers/promises';

import type { Backend } from '../contract/api.ts';
import { Failure } from '../contract/errors.ts';
import { readHolder } from '../engine/library/lock.ts';
import { createEngineBackend } from '../workers/engine-backend.ts';
import type { Installation } from '../workers/installation.ts';
import { startEngine } from '../workers/start-engine.ts';
import { connectPeer } from './peer.ts';

export interface OpenLibrary {
  readonly backend: Backend;
  readonly dir: string;
  /** Another program holds the library and goes on when this one ends. */
  readonly elsewhere: boolean;
  close(): Promise<void>;
}

export interface OpenLibraryOptions {
  readonly dir: string;
  readonly installation: Installation;
  /** How others see this program while it holds the library. */
  readonly program: string;
  readonly signal: AbortSignal;
}

/** Milliseconds to wait for a command that holds the library for a moment. */
const patienceMs = 10_000;
const retryMs = 200;

/**
 * Opens a library in this process, or reaches the program that has it open: the answers are the same.
 * @throws {Failure} `library-busy` naming the holder, and what `startEngine` throws
 */
export async function openLibrary(options: OpenLibraryOptions): Promise<OpenLibrary> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    // Asked first, because to start an engine only to hear that another has the library costs half a second.
    const library = await openElsewhere(options.dir);
    if (library) return library;
    try {
      return await openHere(options);
    } catch (error) {
      const busy = error instanceof Failure && error.code === 'library-busy';
      if (!busy || performance.now() > deadline) throw error;
    }
    await sleep(retryMs, undefined, { signal: options.signal });
  }
}

async function openHere({ dir, installation, program }: OpenLibraryOptions): Promise<OpenLibrary> {
  const { packDir, userPackDir, version } = installation;
  const engine = await startEngine({ dir, packDir, userPackDir, version });
  await engine.announce({ pid: process.pid, program, url: null, token: null, since: Date.now() });
  return { backend: createEngineBackend(engine), dir, elsewhere: false, close: engine.close };
}

async function openElsewhere(dir: string): Promise<OpenLibrary | null> {
  const holder = readHolder(dir);
  if (!holder?.url || !holder.token) return null;
  const backend = connectPeer(holder.url, holder.token);
  try {
    await backend.request('library.status', {});
  } catch {
    // It has ended, or is just ending: the lock tells which.
    backend.close();
    return null;
  }
  return { backend, dir, elsewhere: true, close: async () => backend.close() };
}
