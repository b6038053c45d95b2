import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { Failure } from '../contract/errors.ts';

export interface SendOptions {
  readonly mime: string;
  readonly cacheControl: string;
}

/**
 * Streams a file, or answers 304 where the caller has it already.
 * @throws {Failure} `missing`
 */
export async function sendFile(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  { mime, cacheControl }: SendOptions,
): Promise<void> {
  const file = await open(path).catch((error: unknown) => {
    throw new Failure('missing', 'the file is not where it was', { cause: error });
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Failure('missing', 'this is not a file');
    const etag = `"${stat.size.toString(36)}-${stat.mtimeMs.toString(36)}"`;
    if (sendIfKnown(etag, request, response, cacheControl)) return;
    response.writeHead(200, { 'content-type': mime, 'content-length': stat.size, 'cache-control': cacheControl, etag });
    await pipeline(file.createReadStream({ autoClose: false }), response);
  } finally {
    await file.close();
  }
}

/** Answers 304 if the caller has the version that `etag` names. */
export function sendIfKnown(
  etag: string,
  request: IncomingMessage,
  response: ServerResponse,
  cacheControl: string,
): boolean {
  if (request.headers['if-none-match'] !== etag) return false;
  response.writeHead(304, { etag, 'cache-control': cacheControl });
  response.end();
  return true;
}
