/** A piece of a query between spaces. Offsets count UTF-16 units of the query text. */
export interface QueryToken {
  readonly from: number;
  readonly to: number;
  /** Where the value begins, after minus and field. */
  readonly valueFrom: number;
  /** A minus stands before it. */
  readonly negated: boolean;
  readonly field: QueryField | null;
  readonly value: QueryValue;
  /** The names after `only:`, else empty. */
  readonly names: readonly QueryValue[];
}

export interface QueryValue {
  readonly text: string;
  readonly quoted: boolean;
  /** The closing quote is still to be typed. */
  readonly open: boolean;
}

export type QueryField = 'folder' | 'file' | 'camera' | 'person' | 'people' | 'only' | 'is' | 'sort';

const space = /[\s\p{Cc}]/uy;
const minus = /-+(?![\s\p{Cc}]|$)/uy;
const field = /(folder|file|camera|person|people|only|is|sort):/iuy;
const quoted = /["“”„]([^"“”„]*)(["“”„]?)/uy;
const word = /[^\s\p{Cc}]+/uy;
/** A name in a list: several words only where a comma follows, so that `only:anna,ben beach` ends with Ben. */
const listed = /[^\s\p{Cc},"“”„]+(?:(?: +[^\s\p{Cc},"“”„:-][^\s\p{Cc},"“”„:]*){1,5}(?= *,))?/uy;
const comma = /\s*,\s*/uy;

/** Cuts a query into tokens. Any text will do. */
export function scanQuery(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found;
  };
  const takeValue = (plain: RegExp): QueryValue | null => {
    const quote = take(quoted);
    if (quote) return { text: quote[1] ?? '', quoted: true, open: quote[2] === '' };
    const found = take(plain);
    return found && { text: found[0], quoted: false, open: false };
  };
  const takeNames = (): QueryValue[] => {
    const names: QueryValue[] = [];
    for (let name = takeValue(listed); name; name = take(comma) ? takeValue(listed) : null) names.push(name);
    return names;
  };
  const none: QueryValue = { text: '', quoted: false, open: false };

  while (at < text.length) {
    if (take(space)) continue;
    const from = at;
    const negated = take(minus) !== null;
    const name = (take(field)?.[1]?.toLowerCase() ?? null) as QueryField | null;
    const valueFrom = at;
    const names = name === 'only' ? takeNames() : [];
    const value = name === 'only' ? none : (takeValue(word) ?? none);
    const to = from + text.slice(from, at).trimEnd().length;
    tokens.push({ from, to, valueFrom, negated, field: name, value, names });
  }
  return tokens;
}
