import open from 'open';

import { connectPeer } from '../../app/cli/peer.ts';
import type { Backend } from '../../app/contract/api.ts';
import { Failure } from '../../app/contract/errors.ts';
import { readHolder } from '../../app/engine/library/lock.ts';
import { hostLibrary } from '../../app/server/host-library.ts';
import { findRunningPage } from '../../app/server/running-page.ts';
import { untilStopped } from '../../app/server/until-stopped.ts';
import { createEngineBackend } from '../../app/workers/engine-backend.ts';
import type { Installation } from '../../app/workers/installation.ts';

export interface BrowserOptions {
  readonly installation: Installation;
  readonly library: string;
  /** Folders and files to import, absolute. */
  readonly paths: readonly string[];
  readonly port: number;
  /** Why there is no window of its own, in words. */
  readonly reason: string;
  /** Whether to show the page at once. */
  readonly openBrowser: boolean;
  readonly signal: AbortSignal;
}

/** Serves the app on 127.0.0.1 until `signal` is aborted, or shows the one that serves this library already. */
export async function startBrowser(options: BrowserOptions): Promise<void> {
  const { installation, library, port } = options;
  try {
    const host = await hostLibrary({
      dir: library,
      installation,
      program: 'Familiar in the browser',
      page: true,
      port,
    });
    await show(options, host.server.createPageUrl());
    await importPaths(createEngineBackend(host.engine), options.paths);
    await untilStopped(host, options.signal);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'library-busy') throw error;
    const url = await findRunningPage(library);
    const holder = readHolder(library);
    if (url === null || !holder?.url || holder.token === null) throw error;
    await show({ ...options, reason: 'This library is open already' }, url);
    const peer = connectPeer(holder.url, holder.token);
    await importPaths(peer, options.paths);
    peer.close();
  }
}

async function importPaths(backend: Backend, paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await backend.request('import.add', { paths: [...paths] });
}

async function show({ reason, openBrowser }: BrowserOptions, url: string): Promise<void> {
  console.info(`${reason}; Familiar is served in the browser: ${url}`);
  if (!openBrowser) return;
  // A machine without a browser is no failure: the address stands above.
  const browser = await open(url).catch(() => null);
  browser?.on('error', () => undefined);
}
