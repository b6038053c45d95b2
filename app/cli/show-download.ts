import type { Screen } from './screen.ts';

import type { Backend } from '../contract/api.ts';

/** Shows how far a download is, on a terminal. Returns the function that ends it. */
export function showDownload(backend: Backend, out: Screen): () => void {
  if (!out.isTTY) return () => undefined;
  const stop = backend.on('download', ({ name, done, total }) => {
    const share = total > 0 ? Math.floor((100 * done) / total) : 0;
    out.write(`\r\u001b[2K${name}: ${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB (${share} %)`);
  });
  return () => {
    stop();
    out.write('\r\u001b[2K');
  };
}
