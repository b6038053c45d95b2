import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { desktopPictureUrls } from '../../app/contract/picture-urls.ts';
import type { FaceId, PhotoId } from '../../app/contract/ids.ts';
import { handleProtocols, registerSchemes } from '../../app/main/protocols.ts';
import { smallEngine } from '../server/fixture.ts';
import { privileged, protocols } from './electron-stand-in.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronStandIn);

const dir = mkdtempSync(join(tmpdir(), 'familiar-'));
const photo = join(dir, 'photo.jpg');
const rendererDir = join(dir, 'renderer');

const get = async (url: string): Promise<Response> => {
  const handler = protocols.get(new URL(url).protocol.slice(0, -1));
  if (!handler) throw new Error(`no handler for ${url}`);
  return handler({ url });
};

beforeAll(() => {
  mkdirSync(rendererDir);
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Familiar</title>');
  writeFileSync(join(dir, 'secret.txt'), 'secret');
  writeFileSync(photo, 'picture');
  const engine = smallEngine();
  const picture: typeof engine.picture = async (wanted) =>
    wanted.kind === 'face' ? engine.picture(wanted) : { path: wanted.id === 1 ? photo : '/gone', mime: 'image/jpeg' };
  handleProtocols(rendererDir, Promise.resolve({ picture }));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the schemes of the desktop', () => {
  it('are secure and standard, so that the page has an origin of its own', () => {
    registerSchemes();
    expect(privileged.map(({ scheme }) => scheme)).toEqual(['app', 'thumb', 'photo', 'face']);
    for (const { privileges } of privileged) expect(privileges).toMatchObject({ standard: true, secure: true });
    for (const { privileges } of privileged) expect(privileges['bypassCSP']).toBeUndefined();
  });

  it('serve the page with a policy that lets in our pictures and nothing else', async () => {
    const response = await get('app://familiar/index.html');
    expect(await response.text()).toContain('Familiar');
    expect(response.headers.get('content-type')).toContain('text/html');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("img-src 'self' data: blob: thumb: photo: face:");
  });

  it('serve pictures', async () => {
    const face = await get(desktopPictureUrls.face(7 as FaceId));
    expect(new Uint8Array(await face.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
    for (const url of [desktopPictureUrls.photo(1 as PhotoId), desktopPictureUrls.thumb(1 as PhotoId, 's')]) {
      const response = await get(url);
      expect(response.headers.get('content-type')).toBe('image/jpeg');
      expect(await response.text()).toBe('picture');
    }
  });

  it.each([
    'app://familiar/../secret.txt',
    'app://familiar/..%2fsecret.txt',
    'app://elsewhere/index.html',
    'photo://library/2',
    'photo://library/a/1',
    'photo://library/x',
    'face://library/8',
    'thumb://library/1?s=huge',
  ])('answer %s with 404', async (url) => {
    expect((await get(url)).status).toBe(404);
  });
});
