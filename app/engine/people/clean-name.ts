import { Failure } from '../../contract/errors.ts';

/** In characters as a person counts them. */
const longestName = 200;

const graphemes = new Intl.Segmenter();

/**
 * A name as it is kept: NFC, one line, no control characters, no space around it; '' for none.
 * @throws {Failure} `bad-name` when it is too long
 */
export function cleanName(typed: string): string {
  const name = typed
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const tooLong = name.length > longestName && Array.from(graphemes.segment(name)).length > longestName;
  if (tooLong) throw new Failure('bad-name', `a name has at most ${longestName} characters; shorten it`);
  return name;
}

/** The same for names that a person would call the same: case and composition do not count. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLocaleLowerCase();
}
