import type { ServerResponse } from 'node:http';

import { describeFailure, type Failure, type Reply } from '../contract/errors.ts';

/** HTTP status of the failures that the server itself finds; what the engine answers goes out as 200. */
const statusOf: Partial<Record<Failure['code'], number>> = {
  'bad-request': 400,
  'not-allowed': 403,
  'not-found': 404,
  missing: 404,
  'picture-too-large': 413,
  'disk-full': 507,
};

export function sendReply(response: ServerResponse, reply: Reply<unknown>, status = 200): void {
  const body = JSON.stringify(withPlainArrays(reply));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** Answers with a failure, unless part of another answer has gone out already. */
export function sendFailure(response: ServerResponse, error: unknown): void {
  const failure = describeFailure(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendReply(response, { ok: false, error: failure }, statusOf[failure.code] ?? 500);
}

/** JSON knows no typed arrays. Lists of numbers, which may be long, are left as they are. */
function withPlainArrays(value: unknown): unknown {
  if (value instanceof Int32Array || value instanceof Float64Array) return Array.from(value);
  if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map(withPlainArrays) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withPlainArrays(part)]));
}
