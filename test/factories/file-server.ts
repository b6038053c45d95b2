import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

export interface FileServer {
  /** `http://127.0.0.1:1234/` */
  readonly url: string;
  /** What was asked for: the file and the range, if any. */
  readonly asked: { readonly name: string; readonly range: string | undefined }[];
  /** How the next answers differ from what is asked; each is used once, in order. */
  readonly faults: Fault[];
  close(): Promise<void>;
}

/** `cut`: the connection breaks after so many bytes, when they have arrived. `status`: that answer and nothing else. */
export type Fault = { readonly cut: number } | { readonly status: number } | { readonly body: Buffer };

/** Serves the files of a folder on this computer; `ranges` false: knows nothing of ranges, as many servers. */
export async function serveFiles(dir: string, { ranges = true } = {}): Promise<FileServer> {
  const asked: FileServer['asked'] = [];
  const faults: Fault[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const name = basename(new URL(request.url ?? '', 'http://localhost').pathname);
    asked.push({ name, range: request.headers.range });
    const fault = faults.shift();
    if (fault && 'status' in fault) {
      response.writeHead(fault.status).end();
      return;
    }
    const whole = fault && 'body' in fault ? fault.body : readFileSync(join(dir, name));
    const from = ranges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    const range = from > 0 ? { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': whole.length - from, ...range });
    if (fault && 'cut' in fault)
      response.write(whole.subarray(from, from + fault.cut), () => setTimeout(() => response.destroy(), 100));
    else response.end(whole.subarray(from));
  };
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    faults,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
