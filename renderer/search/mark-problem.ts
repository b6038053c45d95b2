export interface MarkedQuery {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** Letters shown on either side of the marked word at most: a pasted page is not repeated. */
const shownAround = 200;

/** The query cut at the word that holds `at`, which is marked as a whole. */
export function markProblem(query: string, at: number): MarkedQuery {
  const from = /\S*$/u.exec(query.slice(0, at))?.index ?? at;
  const to = at + (/^\S*/u.exec(query.slice(at))?.[0].length ?? 0);
  return {
    before: query.slice(Math.max(0, from - shownAround), from),
    marked: query.slice(from, to),
    after: query.slice(to, to + shownAround),
  };
}
