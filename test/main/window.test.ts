import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { openWindow } from '../../app/main/window.ts';
import type { FakeWindow } from './electron-stand-in.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronStandIn);

function stateFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'window.json');
}
const open = (file: string): FakeWindow =>
  openWindow({ preload: '/preload.cjs', stateFile: file }) as unknown as FakeWindow;

describe('the window', () => {
  it('is isolated, and shown when the page can be drawn', () => {
    const window = open(stateFile());
    expect(window.options.webPreferences).toMatchObject({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    });
    expect(window.url).toBe('app://familiar/index.html');
    expect(window.options.show).toBe(false);
    expect(window.visible).toBe(false);
    window.emit('ready-to-show');
    expect(window.visible).toBe(true);
  });

  it('goes nowhere, opens nothing and gets no permission', () => {
    const { webContents } = open(stateFile());
    for (const leaving of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      const to = (url: string): boolean => {
        const preventDefault = vi.fn();
        webContents.emit(leaving, { url, preventDefault });
        return preventDefault.mock.calls.length === 0;
      };
      expect(to('https://evil.example/')).toBe(false);
      expect(to('file:///etc/passwd')).toBe(false);
      expect(to('app://familiar/index.html')).toBe(true);
    }
    expect(webContents.openHandler?.()).toEqual({ action: 'deny' });
    const answer = vi.fn();
    webContents.permissionHandler?.(webContents, 'geolocation', answer);
    expect(answer).toHaveBeenCalledWith(false);
    expect(webContents.permissionCheck?.()).toBe(false);
  });

  it('opens where it was closed', () => {
    const file = stateFile();
    const first = open(file);
    first.maximised = true;
    first.emit('close');
    const second = open(file);
    expect(second.options).toMatchObject({ x: 10, y: 20, width: 900, height: 700 });
    expect(second.maximised).toBe(true);
  });

  it.each([
    [
      'on a screen that is gone',
      JSON.stringify({ bounds: { x: 5000, y: 0, width: 900, height: 700 }, maximised: false }),
    ],
    ['smaller than it may be', JSON.stringify({ bounds: { x: 0, y: 0, width: 9, height: 7 }, maximised: false })],
    ['written by a crash', '{"bounds":'],
  ])('opens in its usual size when its place is %s', (_, text) => {
    const file = stateFile();
    writeFileSync(file, text);
    const { options } = open(file);
    expect(options.x).toBeUndefined();
    expect(options.width).toBe(1200);
  });
});
