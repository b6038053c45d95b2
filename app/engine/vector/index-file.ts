import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

import { z } from 'zod';

/** Changes when the layout of the files does. */
const format = 1;

const Header = z.object({
  format: z.literal(format),
  version: z.string(),
  dimensions: z.number().int().positive(),
  k: z.number().int().positive(),
  size: z.number().int().min(0),
  /** Names the files that belong to this header. */
  generation: z.number().int().positive(),
  facesCrc: z.number(),
  /** Null while the library is small enough to do without a graph. */
  hnswCrc: z.number().nullable(),
});
type Header = z.infer<typeof Header>;

/** What is kept of an index. All arrays have exactly `ids.length` rows. */
export interface IndexRows {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly vectors: Float32Array<ArrayBuffer>;
  readonly slots: Int32Array<ArrayBuffer>;
  readonly distances: Float32Array<ArrayBuffer>;
}

interface Shape {
  readonly version: string;
  readonly dimensions: number;
  readonly k: number;
}

const headerFile = (dir: string): string => join(dir, 'index.json');
const facesFile = (dir: string, generation: number): string => join(dir, `${generation}.faces`);
const hnswFile = (dir: string, generation: number): string => join(dir, `${generation}.hnsw`);

/** The saved index of this shape, or undefined where there is none, another one or a damaged one. */
export function loadIndex(dir: string, shape: Shape): { rows: IndexRows; hnsw: string | undefined } | undefined {
  const header = readHeader(dir);
  if (header?.version !== shape.version || header.dimensions !== shape.dimensions || header.k !== shape.k)
    return undefined;
  const file = facesFile(dir, header.generation);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const words = header.size * (1 + shape.dimensions + 2 * shape.k);
  if (bytes.length !== words * 4 || crc32(bytes) !== header.facesCrc) return undefined;
  const hnsw = hnswFile(dir, header.generation);
  if (header.hnswCrc !== null && (!existsSync(hnsw) || crc32(readFileSync(hnsw)) !== header.hnswCrc)) return undefined;
  return { rows: parseRows(bytes, header), hnsw: header.hnswCrc === null ? undefined : hnsw };
}

/**
 * Writes an index so that a kill at any moment leaves the former one or this one: new files first, then the
 * header that names them, in one rename. A power cut may lose the files' contents, which the checksums tell.
 */
export function saveIndex(
  dir: string,
  shape: Shape,
  rows: IndexRows,
  saveHnsw: ((file: string) => void) | undefined,
): void {
  mkdirSync(dir, { recursive: true });
  const generation = (readHeader(dir)?.generation ?? 0) + 1;
  let facesCrc = 0;
  const file = openSync(facesFile(dir, generation), 'w');
  try {
    for (const array of [rows.ids, rows.vectors, rows.slots, rows.distances]) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      facesCrc = crc32(bytes, facesCrc);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    }
  } finally {
    closeSync(file);
  }
  saveHnsw?.(hnswFile(dir, generation));
  const hnswCrc = saveHnsw ? crc32(readFileSync(hnswFile(dir, generation))) : null;
  const header: Header = { format, ...shape, size: rows.ids.length, generation, facesCrc, hnswCrc };
  writeFileSync(`${headerFile(dir)}.new`, JSON.stringify(header));
  renameSync(`${headerFile(dir)}.new`, headerFile(dir));
  for (const name of readdirSync(dir)) if (isOld(name, generation)) rmSync(join(dir, name));
}

function isOld(name: string, generation: number): boolean {
  const found = /^(\d+)\.(faces|hnsw)$/.exec(name)?.[1];
  return found !== undefined && Number(found) !== generation;
}

function readHeader(dir: string): Header | undefined {
  if (!existsSync(headerFile(dir))) return undefined;
  try {
    return Header.safeParse(JSON.parse(readFileSync(headerFile(dir), 'utf8'))).data;
  } catch (error) {
    // A header that is no JSON is a damaged index, which is begun anew; a disk that fails is not.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parseRows(bytes: Buffer, header: Header): IndexRows {
  let at = 0;
  const take = (length: number): ArrayBuffer => {
    const part = new Uint8Array(length * 4);
    part.set(bytes.subarray(at, (at += length * 4)));
    return part.buffer;
  };
  return {
    ids: new Int32Array(take(header.size)),
    vectors: new Float32Array(take(header.size * header.dimensions)),
    slots: new Int32Array(take(header.size * header.k)),
    distances: new Float32Array(take(header.size * header.k)),
  };
}
