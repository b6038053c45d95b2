import type { IncomingMessage, ServerResponse } from 'node:http';

import { isRequestName, type Dispatch } from '../contract/api.ts';
import { Failure } from '../contract/errors.ts';
import { limits } from './limits.ts';
import { sendReply } from './responses.ts';

/** Answers `POST /api/<name>` with the engine's envelope; a caller that hangs up cancels its request. */
export async function answerApi(
  dispatch: Dispatch,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') throw new Failure('bad-request', 'requests are made with POST');
  if (!isRequestName(name)) throw new Failure('not-found', `no request is called ${name.slice(0, 100)}`);
  const input = await readJson(request);
  const caller = new AbortController();
  response.on('close', () => caller.abort());
  sendReply(response, await dispatch(name, input, caller.signal));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  // A form of another page cannot send this type without asking first.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new Failure('bad-request', 'the body must be application/json');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A stream destroyed half read could not be answered any more.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limits.bodyBytes) throw new Failure('bad-request', `the body is larger than ${limits.bodyBytes} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new Failure('bad-request', 'the body is not JSON', { cause: error });
  }
}
