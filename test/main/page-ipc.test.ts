import { beforeAll, describe, expect, it, vi } from 'vitest';

import { createDesktopBackend } from '../../app/contract/desktop-backend.ts';
import { desktopChannels, type DesktopBridge } from '../../app/contract/desktop-bridge.ts';
import type { Reply } from '../../app/contract/errors.ts';
import { answerPage } from '../../app/main/page-ipc.ts';
import { smallEngine } from '../server/fixture.ts';
import { handlers, listeners, picked, shownInFolder } from './electron-stand-in.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronStandIn);

const engine = smallEngine();
beforeAll(() => answerPage(Promise.resolve(engine)));

interface Sender {
  readonly sender: { id: number };
  readonly senderFrame: { url: string; parent: unknown } | null;
}
const page: Sender = { sender: { id: 1 }, senderFrame: { url: 'app://familiar/index.html#/people', parent: null } };

const invoke = async (channel: string, from: Sender, ...args: unknown[]): Promise<unknown> =>
  (handlers.get(channel) as (event: Sender, ...args: unknown[]) => unknown)(from, ...args);
const send = (channel: string, from: Sender, ...args: unknown[]): unknown =>
  (listeners.get(channel) as (event: Sender, ...args: unknown[]) => unknown)(from, ...args);

const bridge: DesktopBridge = {
  platform: 'linux',
  request: (name, input, call) => invoke(desktopChannels.request, page, name, input, call) as Promise<Reply<unknown>>,
  cancel: (call) => void send(desktopChannels.cancel, page, call),
  onEvent: () => () => undefined,
  pathForFile: () => '',
  pickFolders: () => invoke(desktopChannels.pickFolders, page) as Promise<string[]>,
  showInFolder: (path) => invoke(desktopChannels.showInFolder, page, path) as Promise<void>,
};

describe('what comes from the desktop page', () => {
  it('reaches the engine and comes back as a value or as a failure', async () => {
    const backend = createDesktopBackend(bridge);
    expect(await backend.request('people.complete', { prefix: 'a' })).toEqual([]);
    await expect(backend.request('people.complete', { prefix: 'bad' })).rejects.toMatchObject({ code: 'bad-query' });
  });

  it('can be cancelled while it runs, and only by the page that asked', async () => {
    const backend = createDesktopBackend(bridge);
    const controller = new AbortController();
    const asked = backend.request('cluster.run', {}, controller.signal);
    const other: Sender = { ...page, sender: { id: 2 } };
    for (let call = 0; call < 5; call++) send(desktopChannels.cancel, other, call);
    await Promise.resolve();
    expect(engine.cancelled).toEqual([]);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.cancelled).toEqual(['cluster.run']);
  });

  it.each<[string, Sender]>([
    ['another page', { ...page, senderFrame: { url: 'https://evil.example/', parent: null } }],
    ['another host of our scheme', { ...page, senderFrame: { url: 'app://evil/index.html', parent: null } }],
    ['a frame inside our page', { ...page, senderFrame: { url: 'app://familiar/index.html', parent: {} } }],
    ['a frame that is gone', { ...page, senderFrame: null }],
    ['an empty page', { ...page, senderFrame: { url: 'about:blank', parent: null } }],
  ])('is refused from %s', async (_, sender) => {
    const reply = await invoke(desktopChannels.request, sender, 'people.complete', { prefix: 'a' }, 1);
    expect(reply).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    await expect(invoke(desktopChannels.pickFolders, sender)).rejects.toThrow();
    await expect(invoke(desktopChannels.showInFolder, sender, '/a.jpg')).rejects.toThrow();
    expect(shownInFolder).toEqual([]);
  });

  it('is refused when it has no known name or shape', async () => {
    const misshapen: unknown[][] = [
      [],
      [5],
      ['people.erase', {}],
      ['people.complete', { prefix: 5 }],
      ['__proto__', {}],
    ];
    for (const args of misshapen) {
      const reply = await invoke(desktopChannels.request, page, ...args);
      expect(reply, JSON.stringify(args)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    }
  });

  it('picks folders and shows files', async () => {
    picked.push('/pictures');
    expect(await bridge.pickFolders()).toEqual(['/pictures']);
    await bridge.showInFolder('/pictures/a.jpg');
    expect(shownInFolder).toEqual(['/pictures/a.jpg']);
  });
});
