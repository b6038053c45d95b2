import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Failure } from '../contract/errors.ts';
import type { Installation } from '../workers/installation.ts';
import { startEngine, type EngineHandle } from '../workers/start-engine.ts';
import { startServer, type FamiliarServer } from './server.ts';

export interface HostOptions {
  /** The library's folder. */
  readonly dir: string;
  readonly installation: Installation;
  /** How other programs name this one: `the Familiar window`. */
  readonly program: string;
  /** Whether browsers are served, or only other programs of this computer. */
  readonly page: boolean;
  /** 0 for any that is free. */
  readonly port: number;
}

/** An open library that this process shows and that other programs may use through it. */
export interface LibraryHost {
  readonly engine: EngineHandle;
  readonly server: FamiliarServer;
  close(): Promise<void>;
}

/**
 * Opens a library and serves it on 127.0.0.1.
 * @throws {Failure} what `startEngine` and `startServer` throw; `missing` where the page was never built
 */
export async function hostLibrary({ dir, installation, program, page, port }: HostOptions): Promise<LibraryHost> {
  const { packDir, userPackDir, version, rendererDir } = installation;
  if (page && !existsSync(join(rendererDir, 'index.html'))) {
    throw new Failure('missing', 'the page of Familiar is not built; run "npm run build:renderer"');
  }
  const engine = await startEngine({ dir, packDir, userPackDir, version });
  try {
    const server = await startServer({ engine, dir, rendererDir: page ? rendererDir : null, port, clock: Date.now });
    const { origin: url, programToken: token } = server;
    await engine.announce({ pid: process.pid, program, url, token, since: Date.now() });
    return {
      engine,
      server,
      close: async () => {
        await server.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
