import { request } from 'node:http';

import { WebSocket } from 'ws';

import { createHttpBackend, type Fetch, type HttpBackend } from '../contract/http-backend.ts';

/** The engine of another program of this user, as its holder file says how to reach it. */
export function connectPeer(origin: string, token: string): HttpBackend {
  const headers = { authorization: `Bearer ${token}` };
  return createHttpBackend({
    origin,
    fetch: patientFetch,
    connectEvents: (url) => new WebSocket(url, { headers }),
    headers,
  });
}

/** Node's own `fetch` gives up after five minutes without an answer; an evaluation may take longer. */
const patientFetch: Fetch = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false, ...(signal && { signal }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ json: async () => JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
