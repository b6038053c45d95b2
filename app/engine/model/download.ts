import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { describeFailure, Failure } from '../../contract/errors.ts';
import { settings } from '../settings.ts';
import { openUrl, type ProxyEnvironment } from './open-url.ts';

export interface WantedFile {
  /** Where it can be had, the first to be tried first. */
  readonly urls: readonly string[];
  /** Where it shall be. What has come so far lies beside it, with `.part` at the end. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly env: ProxyEnvironment;
  /** How many bytes are there; goes back where a server made it begin again. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Fetches a file, going on where an earlier try was cut. What has another size or hash than wanted is removed.
 * @throws {Failure} `download-failed` where nobody answers or the connection breaks again and again,
 * `download-wrong` where something else comes than wanted, `cancelled` by the signal: then what has come is kept
 */
export async function download(wanted: WantedFile, options: DownloadOptions): Promise<void> {
  if (await isWhole(wanted.path, wanted)) return options.onProgress?.(wanted.bytes);
  await mkdir(dirname(wanted.path), { recursive: true });
  let failure: Failure | undefined;
  for (const url of wanted.urls) {
    try {
      await fetchAll(url, wanted, options);
      await rename(partOf(wanted), wanted.path);
      options.onProgress?.(wanted.bytes);
      return;
    } catch (error) {
      const { code, message } = describeFailure(error);
      if (code !== 'download-failed' && code !== 'download-wrong') throw error;
      failure = new Failure(code, message, { cause: error });
    }
  }
  throw failure ?? new Failure('download-failed', `there is no address to get ${wanted.path} from`);
}

const partOf = ({ path }: WantedFile): string => `${path}.part`;

/** Tries until the file is whole or no try brings more. */
async function fetchAll(url: string, wanted: WantedFile, options: DownloadOptions): Promise<void> {
  const part = partOf(wanted);
  for (let tries = 1; ; tries++) {
    const before = await sizeOf(part);
    try {
      if (before < wanted.bytes) await fetchRest(url, before, wanted, options);
      break;
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof Failure && error.code === 'download-wrong') {
        await rm(part, { force: true });
        throw error;
      }
      if ((await sizeOf(part)) > before) tries = 1;
      if (tries >= settings.download.tries) throw asFailure(error, url);
    }
    await sleep(settings.download.pauseMs, undefined, { signal: options.signal });
  }
  if (await isWhole(part, wanted)) return;
  await rm(part, { force: true });
  throw new Failure('download-wrong', `What came from ${url} is not the expected file, and has been removed.`);
}

async function fetchRest(
  url: string,
  from: number,
  wanted: WantedFile,
  { signal, env, onProgress }: DownloadOptions,
): Promise<void> {
  const answer = await openUrl(url, from > 0 ? { range: `bytes=${from}-` } : {}, { signal, env });
  const resumed = answer.statusCode === 206 && answer.headers['content-range']?.startsWith(`bytes ${from}-`);
  if (!resumed && answer.statusCode !== 200) {
    answer.destroy();
    if (answer.statusCode === 416) await rm(partOf(wanted), { force: true });
    throw new Failure('download-failed', `${url} answered ${answer.statusCode ?? 'nothing'}.`);
  }
  const begun = resumed ? from : 0;
  let bytes = begun;
  // Chunk by chunk, so that what has come before a cut is kept.
  await using file = await open(partOf(wanted), resumed ? 'a' : 'w');
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > wanted.bytes) throw wrongSize(url, wanted);
    await file.writeFile(chunk);
    onProgress?.(bytes);
  }
  if (bytes === wanted.bytes) return;
  if (Number(answer.headers['content-length']) === bytes - begun) throw wrongSize(url, wanted);
  throw new Failure('download-failed', `The connection to ${url} broke.`);
}

function wrongSize(url: string, { bytes }: WantedFile): Failure {
  return new Failure('download-wrong', `${url} has another size than ${bytes} bytes; what came has been removed.`);
}

function asFailure(error: unknown, url: string): Failure {
  if (error instanceof Failure) return error;
  const why = error instanceof Error ? error.message : String(error);
  const message = `${url} cannot be reached (${why}). Check the connection, or the proxy in HTTPS_PROXY, and try again.`;
  return new Failure('download-failed', message, { cause: error });
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

async function isWhole(path: string, { bytes, sha256 }: WantedFile): Promise<boolean> {
  if ((await sizeOf(path)) !== bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
}
