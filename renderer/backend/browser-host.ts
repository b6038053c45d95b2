import { createHttpBackend } from '../../app/contract/http-backend.ts';
import { Failure, unwrapReply, type Reply } from '../../app/contract/errors.ts';
import { webPictureUrls } from '../../app/contract/picture-urls.ts';
import { droppedFiles } from './dropped-files.ts';
import type { Host, LooseFile } from './host.ts';

/** The page of the browser mode: everything over HTTP, files without paths. */
export function createBrowserHost(origin: string): Host {
  return {
    backend: createHttpBackend({
      origin,
      fetch: (url, init) => fetch(url, init),
      connectEvents: (url) => new WebSocket(url),
    }),
    pictures: webPictureUrls,
    dropped: 'copied',
    takeDrop: async (transfer) => ({ kind: 'files', files: await droppedFiles(transfer) }),
    takeFiles: async (files) => ({ kind: 'files', files: files.map((file) => ({ name: file.name, file })) }),
    upload: (file, signal) => send(`${origin}/upload`, file, signal),
    lend: (file, signal) => send(`${origin}/lend`, file, signal),
    pickFolders: null,
    showInFolder: null,
  };
}

async function send(place: string, { name, file }: LooseFile, signal: AbortSignal): Promise<string> {
  let reply: Reply<{ path: string }>;
  try {
    const about = new URLSearchParams({ name, modified: String(file.lastModified) });
    const response = await fetch(`${place}?${about}`, {
      method: 'PUT',
      body: file,
      signal,
    });
    reply = (await response.json()) as Reply<{ path: string }>;
  } catch (error) {
    if (signal.aborted) throw new Failure('cancelled', 'cancelled');
    throw new Failure('worker-died', `${name} could not be sent`, { cause: error });
  }
  return unwrapReply(reply).path;
}
