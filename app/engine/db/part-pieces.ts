import type { DatabaseSync } from 'node:sqlite';

/** Faces of one part: those asked about, and the others; null where it is for those asked about to move. */
export interface Piece {
  /** Null: of no part. */
  readonly part: number | null;
  readonly inside: number[];
  readonly outside: () => readonly number[] | null;
}

/** Fewer faces than these always move: parts of which the same is said stay one. */
const fewest = 100;
/** From so many faces on whole parts are read instead of looking up every face. */
const many = 500;

/** Gives the faces of a list that exist, part by part. */
export function createSplit(sql: DatabaseSync): (faces: readonly number[]) => Piece[] {
  const reads = createReads(sql);
  return (faces) => {
    if (faces.length < many) return few(reads, faces);
    // Nearly all that is said of many faces is said of whole parts, in the order in which their faces were read.
    const pieces: Piece[] = [];
    let at = 0;
    for (let piece = wholeFrom(reads, faces, at); piece; piece = wholeFrom(reads, faces, at)) {
      pieces.push(piece);
      at += piece.inside.length;
    }
    return at === faces.length ? pieces : [...pieces, ...scattered(reads, faces.slice(at))];
  };
}

type Reads = ReturnType<typeof createReads>;

function createReads(sql: DatabaseSync) {
  const partsOf = sql.prepare('SELECT id, part_id FROM face_row WHERE id IN (SELECT value FROM json_each(?))');
  partsOf.setReturnArrays(true);
  const partOf = sql.prepare('SELECT part_id AS part FROM face_row WHERE id = ?');
  const membersOf = sql.prepare('SELECT json_group_array(id) AS faces FROM face_row WHERE part_id = ?');
  const countUpTo = sql.prepare('SELECT count(*) AS count FROM (SELECT 1 FROM face_row WHERE part_id = ? LIMIT ?)');
  return {
    partsOf: (faces: readonly number[]) =>
      partsOf.all(JSON.stringify(faces)) as unknown as [face: number, part: number | null][],
    /** Undefined where there is no such face. */
    partOf: (face: number) => partOf.get(face)?.['part'] as number | null | undefined,
    members: (part: number) => JSON.parse(String(membersOf.get(part)?.['faces'])) as number[],
    hasMoreThan: (part: number, faces: number) => Number(countUpTo.get(part, faces + 1)?.['count']) > faces,
  };
}

function few(reads: Reads, faces: readonly number[]): Piece[] {
  const byPart = Map.groupBy(reads.partsOf(faces), ([, part]) => part);
  return [...byPart].map(([part, some]) => {
    const inside = some.map(([face]) => face);
    const outside = (): number[] | null => {
      if (part === null || inside.length < fewest || reads.hasMoreThan(part, 2 * inside.length)) return null;
      const asked = new Set(inside);
      return reads.members(part).filter((face) => !asked.has(face));
    };
    return { part, inside, outside };
  });
}

/** A part of which every face comes next in the list. */
function wholeFrom(reads: Reads, faces: readonly number[], at: number): Piece | null {
  const next = faces[at];
  const part = next === undefined ? null : reads.partOf(next);
  if (typeof part !== 'number') return null;
  const inside = reads.members(part);
  return inside.every((face, i) => face === faces[at + i]) ? { part, inside, outside: () => [] } : null;
}

function scattered(reads: Reads, faces: readonly number[]): Piece[] {
  const open = createOpen(faces);
  const pieces: Piece[] = [];
  const loose: number[] = [];
  for (const face of faces) {
    if (!open.has(face)) continue;
    const part = reads.partOf(face);
    if (typeof part !== 'number') {
      open.take(face);
      if (part === null) loose.push(face);
      continue;
    }
    const [inside, others]: [number[], number[]] = [[], []];
    for (const member of reads.members(part)) (open.take(member) ? inside : others).push(member);
    const moves = inside.length < Math.max(fewest, others.length);
    pieces.push({ part, inside, outside: () => (moves ? null : others) });
  }
  if (loose.length > 0) pieces.push({ part: null, inside: loose, outside: () => null });
  return pieces;
}

/** Faces that are in no piece yet, a byte for each id: a set takes several times as long. */
function createOpen(faces: readonly number[]) {
  const isOpen = new Uint8Array(faces.reduce((most, face) => Math.max(most, face), 0) + 1);
  for (const face of faces) isOpen[face] = 1;
  return {
    has: (face: number): boolean => isOpen[face] === 1,
    /** Whether it was there. */
    take: (face: number): boolean => {
      const was = isOpen[face] === 1;
      isOpen[face] = 0;
      return was;
    },
  };
}
