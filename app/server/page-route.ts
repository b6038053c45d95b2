import type { IncomingMessage, ServerResponse } from 'node:http';

import { Failure } from '../contract/errors.ts';
import type { Access } from './access.ts';
import { sendFile } from './send-file.ts';
import { findStaticFile } from './static-file.ts';

/** Answers the built page and its files. */
export async function answerPage(
  rendererDir: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = findStaticFile(rendererDir, url.pathname);
  if (!file) throw new Failure('not-found', 'no such page');
  await sendFile(file.path, request, response, file);
}

/**
 * Exchanges the one-time ticket in the URL for a cookie and leads on to the page, so that the ticket stays in
 * no history. Whoever comes without a valid ticket and without a cookie is told how to get in.
 */
export function signIn(
  access: Access,
  ticket: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const cookie = ticket === null ? null : access.redeem(ticket);
  if (cookie === null && !access.isPage(request)) {
    response.writeHead(403, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(closedDoor);
    return;
  }
  response.writeHead(303, { location: '/', 'cache-control': 'no-store', ...(cookie && { 'set-cookie': cookie }) });
  response.end();
}

const closedDoor = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Familiar</title>
<p>This address opens Familiar once, for one browser. Start Familiar again to get a new one:
it prints the address, also while it is already running.</p>
</html>
`;
