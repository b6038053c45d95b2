import { extname, join, sep } from 'node:path';

const mimes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticFile {
  readonly path: string;
  readonly mime: string;
  readonly cacheControl: string;
}

/**
 * The file of the built page that a URL's path means; `/` is the page itself.
 * @returns null for a path that leads out of the page's folder or to a type that no page has
 */
export function findStaticFile(dir: string, pathname: string): StaticFile | null {
  const decoded = decode(pathname);
  if (decoded === null || /[\0\\]/.test(decoded)) return null;
  const path = join(dir, decoded === '/' ? 'index.html' : decoded);
  const mime = mimes[extname(path).toLowerCase()];
  if (!path.startsWith(dir + sep) || mime === undefined) return null;
  // The builder names the files in assets/ by their content.
  const immutable = path.startsWith(join(dir, 'assets') + sep);
  return { path, mime, cacheControl: immutable ? 'private, max-age=31536000, immutable' : 'no-cache' };
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // A broken escape names no file.
    return null;
  }
}
