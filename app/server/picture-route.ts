import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { Failure } from '../contract/errors.ts';
import { parsePictureRequest } from '../contract/picture-request.ts';
import type { EngineHandle } from '../workers/start-engine.ts';
import { limits } from './limits.ts';
import { sendFile, sendIfKnown } from './send-file.ts';

const cacheControl = `private, max-age=${limits.pictureSeconds}`;

/** Answers `GET /thumb/:id?s=s|l`, `/photo/:id` and `/face/:id`. */
export async function answerPicture(
  engine: Pick<EngineHandle, 'picture'>,
  kind: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const wanted = parsePictureRequest(kind, url.pathname.slice(kind.length + 1), url.searchParams.get('s'));
  if (!wanted) throw new Failure('not-found', 'no such picture');
  const picture = await engine.picture(wanted);
  if ('path' in picture) {
    await sendFile(picture.path, request, response, { mime: picture.mime, cacheControl });
    return;
  }
  const etag = `"${createHash('sha1').update(picture.bytes).digest('base64url')}"`;
  if (sendIfKnown(etag, request, response, cacheControl)) return;
  response.writeHead(200, {
    'content-type': picture.mime,
    'content-length': picture.bytes.length,
    'cache-control': cacheControl,
    etag,
  });
  response.end(picture.bytes);
}
