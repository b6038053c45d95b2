import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { desktopChannels } from '../../app/contract/desktop-bridge.ts';
import { lockLibrary, readHolder } from '../../app/engine/library/lock.ts';
import { openDesktop, type Desktop } from '../../app/main/desktop.ts';
import { connectPeer } from '../../app/cli/peer.ts';
import { findInstallation } from '../../app/workers/installation.ts';
import { demoPhotos } from '../fixtures/photos.ts';
import { electronStandIn, userData, windows } from './electron-stand-in.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronStandIn);

const installation = findInstallation(import.meta.dirname);

function open(library: string, ...paths: string[]): Desktop {
  const desktop = openDesktop({ library, paths, installation, preload: '/preload.cjs' });
  onTestFinished(() => desktop.close());
  return desktop;
}

function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-desktop-'));
  userData.dir = dir;
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

describe('the desktop app', () => {
  it('opens its window before the library, imports what it was given, and answers other programs', async () => {
    const library = join(tempDir(), 'library');
    const desktop = open(library, demoPhotos[0]!);
    const window = windows.at(-1)!;
    expect(window.url).toBe('app://familiar/index.html');
    expect(readHolder(library)).toBeNull();

    await expect
      .poll(
        () => window.webContents.sent.find(([channel, name]) => channel === desktopChannels.event && name === 'jobs'),
        {
          timeout: 30_000,
        },
      )
      .toBeDefined();
    const holder = readHolder(library)!;
    expect(holder.program).toBe('the Familiar window');
    const peer = connectPeer(holder.url!, holder.token!);
    expect(await peer.request('library.status', {})).toMatchObject({ dir: library });
    expect((await fetch(holder.url!)).status).toBe(403);

    await desktop.close();
    lockLibrary(library).release();
  });

  it('says who holds the library, and ends', async () => {
    const library = tempDir();
    const lock = lockLibrary(library);
    onTestFinished(() => lock.release());
    lock.announce({ pid: 7, program: 'a test', url: null, token: null, since: 0 });
    open(library);
    await expect.poll(() => electronStandIn.app.quit.mock.calls.length, { timeout: 10_000 }).toBe(1);
    expect(electronStandIn.dialog.showErrorBox.mock.lastCall?.[1]).toContain('a test (process 7)');
  });

  it('opens its window again when it is asked to show itself', () => {
    const desktop = open(tempDir());
    const first = windows.at(-1)!;
    desktop.show([]);
    expect(windows.at(-1)).toBe(first);
    first.destroyed = true;
    desktop.show([]);
    expect(windows.at(-1)).not.toBe(first);
  });
});
