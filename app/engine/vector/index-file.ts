import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { checksumOf, openReader, openWriter } from './checked-file.ts';
import type { HnswSearch } from './hnsw-search.ts';
import { createDistanceRows, createSlotRows } from './neighbour-graph.ts';
import { blockRows, type Rows } from './rows.ts';
import { createVectorRows } from './vector-store.ts';

/** Changes when the layout of the files does. */
const format = 2;

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
  hnsw: z.object({ crc: z.number(), filled: z.number().int().min(0) }).nullable(),
});
type Header = z.infer<typeof Header>;

/** What is kept of an index: each table begins with `ids.length` rows that count. */
export interface IndexRows {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly vectors: Rows<Float32Array<ArrayBuffer>>;
  readonly slots: Rows<Int32Array<ArrayBuffer>>;
  readonly distances: Rows<Float32Array<ArrayBuffer>>;
}

export interface SavedIndex extends IndexRows {
  readonly hnsw: { readonly file: string; readonly filled: number } | undefined;
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
export function loadIndex(dir: string, shape: Shape): SavedIndex | undefined {
  const header = readHeader(dir);
  if (header?.version !== shape.version || header.dimensions !== shape.dimensions || header.k !== shape.k)
    return undefined;
  const rows = readRows(facesFile(dir, header.generation), header);
  if (!rows || !header.hnsw) return rows && { ...rows, hnsw: undefined };
  const file = hnswFile(dir, header.generation);
  if (!existsSync(file) || checksumOf(file) !== header.hnsw.crc) return undefined;
  return { ...rows, hnsw: { file, filled: header.hnsw.filled } };
}

/**
 * Writes an index so that a kill at any moment leaves the former one or this one: new files first, then the
 * header that names them, in one rename. A power cut may lose the files' contents, which the checksums tell.
 */
export function saveIndex(dir: string, shape: Shape, index: IndexRows & { hnsw: HnswSearch | undefined }): void {
  mkdirSync(dir, { recursive: true });
  const generation = (readHeader(dir)?.generation ?? 0) + 1;
  const size = index.ids.length;
  const writer = openWriter(facesFile(dir, generation));
  try {
    writer.write(index.ids);
    for (const table of [index.vectors, index.slots, index.distances]) {
      for (const part of partsOf(table, size)) writer.write(part);
    }
  } finally {
    writer.close();
  }
  index.hnsw?.save(hnswFile(dir, generation));
  const hnsw = index.hnsw ? { crc: checksumOf(hnswFile(dir, generation)), filled: index.hnsw.filled } : null;
  const header: Header = { format, ...shape, size, generation, facesCrc: writer.checksum(), hnsw };
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

/** Undefined where the file is missing, of another length or damaged. */
function readRows(file: string, { size, dimensions, k, facesCrc }: Header): IndexRows | undefined {
  if (!existsSync(file)) return undefined;
  const reader = openReader(file);
  try {
    if (reader.bytes !== size * (1 + dimensions + 2 * k) * 4) return undefined;
    const ids = new Int32Array(size);
    const vectors = createVectorRows(dimensions);
    const slots = createSlotRows(k);
    const distances = createDistanceRows(k);
    reader.read(ids);
    for (const table of [vectors, slots, distances]) {
      table.grow(size);
      for (const part of partsOf(table, size)) reader.read(part);
    }
    return reader.checksum() === facesCrc ? { ids, vectors, slots, distances } : undefined;
  } finally {
    reader.close();
  }
}

/** The first `size` rows of a table, block by block. */
function* partsOf(
  { width, blocks }: Rows<Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>,
  size: number,
): Generator<Float32Array | Int32Array> {
  for (const [at, block] of blocks.entries()) {
    const rows = Math.min(blockRows, size - at * blockRows);
    if (rows > 0) yield block.subarray(0, rows * width);
  }
}
