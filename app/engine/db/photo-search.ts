import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

import type { QueryNode, TextField, TimeSpan } from '../search/query.ts';

/** A photo of a result: id, camera time, upright width and height. */
export type PhotoRow = readonly [id: number, takenAt: number | null, width: number, height: number];

export interface PhotoSearch {
  /** The photos a query finds, newest first, those without a date last. */
  find(tree: QueryNode): PhotoRow[];
  /** How SQLite goes about `find`, a line a step. */
  explain(tree: QueryNode): string[];
}

interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Queries of one shape share their statement; these many are kept. */
const keptStatements = 50;

export function createPhotoSearch(sql: DatabaseSync): PhotoSearch {
  const kept = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = kept.get(text);
    if (known) return known;
    if (kept.size >= keptStatements) kept.clear();
    const statement = sql.prepare(text);
    statement.setReturnArrays(true);
    kept.set(text, statement);
    return statement;
  };
  return {
    find: (tree) => {
      const { sql: where, values } = conditionOf(tree);
      return prepare(select(where)).all(...values) as unknown as PhotoRow[];
    },
    explain: (tree) => {
      const { sql: where, values } = conditionOf(tree);
      return sql
        .prepare(`EXPLAIN QUERY PLAN ${select(where)}`)
        .all(...values)
        .map((row) => String(row['detail']));
    },
  };
}

/** `photo_taken` covers and orders it: newest first, and NULL comes last when descending. */
function select(where: string): string {
  return `SELECT id, taken_at, width, height FROM photo WHERE ${where} ORDER BY taken_at DESC, id DESC`;
}

function conditionOf(node: QueryNode): Condition {
  switch (node.kind) {
    case 'all':
      return join(node.parts, ' AND ', '1');
    case 'any':
      return join(node.parts, ' OR ', '0');
    case 'not': {
      const part = conditionOf(node.part);
      // A photo without a date is not of 2019.
      return { sql: `NOT coalesce(${part.sql}, 0)`, values: part.values };
    }
    case 'people':
      return shows(node.people);
    case 'only':
      return showsOnly(node.names);
    case 'taken':
      return taken(node.from, node.to);
    case 'takenIn':
      return takenIn(node.spans);
    case 'faces':
      return hasFaces(node.from, node.to);
    case 'unnamed':
      return { sql: showsUnnamed, values: [] };
    case 'favourite':
      return { sql: 'id IN (SELECT photo_id FROM favourite)', values: [] };
    case 'camera':
      return takenWith(node.text);
    case 'text':
      return hasText(node.field, node.text, node.prefix);
  }
}

function join(parts: readonly QueryNode[], by: string, none: string): Condition {
  const conditions = parts.map(conditionOf);
  const sql = conditions.map((condition) => condition.sql).join(by);
  return { sql: `(${sql || none})`, values: conditions.flatMap((condition) => condition.values) };
}

/** `face_person` covers it. Ids go in as JSON, so that the statement is the same for any number of people. */
function shows(people: readonly number[]): Condition {
  return {
    sql: 'id IN (SELECT photo_id FROM face WHERE gone = 0 AND person_id IN (SELECT value FROM json_each(?)))',
    values: [JSON.stringify(people)],
  };
}

function showsOnly(names: readonly (readonly number[])[]): Condition {
  const wanted = names.map(shows);
  const nobodyElse = `NOT EXISTS (
    SELECT 1 FROM face JOIN person ON person.id = person_id
    WHERE photo_id = photo.id AND gone = 0 AND name IS NOT NULL AND hidden = 0
      AND person_id NOT IN (SELECT value FROM json_each(?)))`;
  return {
    sql: `(${[...wanted.map((condition) => condition.sql), nobodyElse].join(' AND ')})`,
    values: [...wanted.flatMap((condition) => condition.values), JSON.stringify(names.flat())],
  };
}

function taken(from: number, to: number): Condition {
  const bounds: Condition[] = [];
  if (Number.isFinite(from)) bounds.push({ sql: 'taken_at >= ?', values: [from] });
  if (Number.isFinite(to)) bounds.push({ sql: 'taken_at < ?', values: [to] });
  const sql = bounds.map((bound) => bound.sql).join(' AND ');
  return { sql: `(${sql || '1'})`, values: bounds.flatMap((bound) => bound.values) };
}

/** A search in `photo_taken` for each span. */
function takenIn(spans: readonly TimeSpan[]): Condition {
  return {
    sql: `id IN (SELECT dated.id FROM json_each(?) CROSS JOIN photo AS dated
      WHERE dated.taken_at >= json_extract(value, '$[0]') AND dated.taken_at < json_extract(value, '$[1]'))`,
    values: [JSON.stringify(spans.map(({ from, to }) => [from, to]))],
  };
}

/** One number is a search in `photo_faces`, which orders it; `photo_taken` has the number for every other. */
function hasFaces(from: number, to: number): Condition {
  if (from === to) return { sql: 'faces = ?', values: [from] };
  if (to === Infinity) return { sql: 'faces >= ?', values: [from] };
  return { sql: '(faces >= ? AND faces <= ?)', values: [from, to] };
}

/** Both halves are searches in `face_person`. */
const showsUnnamed = `id IN (
  SELECT photo_id FROM face WHERE person_id IS NULL AND gone = 0 AND id NOT IN (SELECT face_id FROM not_person)
  UNION ALL
  SELECT photo_id FROM face WHERE gone = 0 AND person_id IN (SELECT id FROM person WHERE name IS NULL AND hidden = 0))`;

/** There are few cameras: each is found by a jump in `photo_camera` from the one before. */
function takenWith(text: string): Condition {
  return {
    sql: `camera IN (
      WITH RECURSIVE known (name) AS (
        SELECT min(camera) FROM photo
        UNION ALL
        SELECT (SELECT min(camera) FROM photo WHERE camera > known.name) FROM known WHERE known.name IS NOT NULL)
      SELECT name FROM known WHERE instr(lower(name), lower(?)) > 0)`,
    values: [text],
  };
}

const columnFilter: Readonly<Record<TextField, string>> = { folder: 'folder : ', file: 'name : ', path: '' };
const sourceColumn: Readonly<Record<TextField, string>> = {
  folder: 'folder',
  file: 'name',
  path: "folder || '/' || name",
};

/** Words go to the full-text index; emoji and other symbols, which it does not hold, are looked for as they are. */
function hasText(field: TextField, text: string, prefix: boolean): Condition {
  if (!/[\p{L}\p{N}]/u.test(text)) {
    return { sql: `id IN (SELECT rowid FROM photo_text WHERE instr(${sourceColumn[field]}, ?) > 0)`, values: [text] };
  }
  const phrase = `"${text.replaceAll('"', '""').replaceAll('\0', ' ')}"`;
  return {
    sql: 'id IN (SELECT rowid FROM photo_text WHERE photo_text MATCH ?)',
    values: [`${columnFilter[field]}${phrase}${prefix ? ' *' : ''}`],
  };
}
