import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

import { protocol } from 'electron';

import { Failure } from '../contract/errors.ts';
import { parsePictureRequest } from '../contract/picture-request.ts';
import { contentPolicy } from '../server/content-policy.ts';
import { findStaticFile } from '../server/static-file.ts';
import type { EngineHandle } from '../workers/start-engine.ts';
import { isPageUrl } from './page-address.ts';

const pictureSchemes = ['thumb', 'photo', 'face'] as const;
const policy = contentPolicy({ images: pictureSchemes.map((scheme) => `${scheme}:`), connect: [] });

/** Has to run before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged(
    ['app', ...pictureSchemes].map((scheme) => ({
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    })),
  );
}

/** Serves the built page as `app:` and pictures as `thumb:`, `photo:` and `face:`, as soon as the engine is open. */
export function handleProtocols(rendererDir: string, engine: Promise<Pick<EngineHandle, 'picture'>>): void {
  protocol.handle('app', async ({ url }) => {
    const file = isPageUrl(url) ? findStaticFile(rendererDir, new URL(url).pathname) : null;
    if (!file) return new Response('no such page', { status: 404 });
    return sendFile(file.path, { 'content-type': file.mime, 'content-security-policy': policy });
  });
  for (const scheme of pictureSchemes) {
    protocol.handle(scheme, ({ url }) => sendPicture(scheme, new URL(url), engine));
  }
}

async function sendPicture(
  scheme: string,
  url: URL,
  engine: Promise<Pick<EngineHandle, 'picture'>>,
): Promise<Response> {
  const wanted = parsePictureRequest(scheme, url.pathname, url.searchParams.get('s'));
  if (!wanted) return new Response('no such picture', { status: 404 });
  try {
    const picture = await (await engine).picture(wanted);
    const headers = { 'content-type': picture.mime, 'cache-control': 'private, max-age=3600' };
    if ('path' in picture) return await sendFile(picture.path, headers);
    return new Response(Buffer.from(picture.bytes), { headers });
  } catch (error) {
    const known = error instanceof Failure && (error.code === 'not-found' || error.code === 'missing');
    return new Response(error instanceof Error ? error.message : String(error), { status: known ? 404 : 500 });
  }
}

async function sendFile(path: string, headers: Record<string, string>): Promise<Response> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return new Response('the file is not where it was', { status: 404 });
  const bytes = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array<ArrayBuffer>>;
  return new Response(bytes, {
    headers: { ...headers, 'content-length': String(found.size), 'x-content-type-options': 'nosniff' },
  });
}
