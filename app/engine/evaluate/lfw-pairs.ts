import { Failure } from '../../contract/errors.ts';

/** A photo of the LFW layout: `Anna_Smith`, 3 is `Anna_Smith/Anna_Smith_0003` with any extension. */
export interface LfwPhoto {
  readonly name: string;
  readonly number: number;
}

export interface LfwPair {
  readonly photos: readonly [LfwPhoto, LfwPhoto];
  readonly same: boolean;
}

/**
 * Reads a pairs file of LFW: a line `folds pairs` (or `pairs`: one fold), then for each fold that many lines
 * `name number number` of one person and as many `name number name number` of two.
 * @throws {Failure} `bad-request` with the line that does not fit
 */
export function parseLfwPairs(text: string): LfwPair[][] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  const header = (lines[0] ?? '').split(/\s+/).map(Number);
  const [folds, size] = header.length === 1 ? [1, header[0]] : header;
  if (!isCount(folds) || !isCount(size))
    throw new Failure('bad-request', 'line 1 of the pairs is not "folds pairs", as in "10 300"');
  if (lines.length - 1 !== folds * size * 2) {
    const found = `has ${lines.length - 1}`;
    throw new Failure('bad-request', `line 1 of the pairs promises ${folds * size * 2} pairs and the file ${found}`);
  }
  return Array.from({ length: folds }, (_, fold) =>
    lines
      .slice(1 + fold * size * 2, 1 + (fold + 1) * size * 2)
      .map((line, i) => parsePair(line, 2 + fold * size * 2 + i)),
  );
}

function parsePair(line: string, lineNumber: number): LfwPair {
  const [first = '', a, second, b, ...more] = line.split(/\s+/);
  if (first !== '' && isCount(Number(a)) && second !== undefined && more.length === 0) {
    if (b === undefined && isCount(Number(second))) {
      return { photos: [photo(first, a), photo(first, second)], same: true };
    }
    if (isCount(Number(b))) return { photos: [photo(first, a), photo(second, b)], same: false };
  }
  throw new Failure(
    'bad-request',
    `line ${lineNumber} of the pairs is neither "name number number" nor "name number name number"`,
  );
}

function photo(name: string, number: string | undefined): LfwPhoto {
  return { name, number: Number(number) };
}

function isCount(value: number | undefined): value is number {
  return Number.isInteger(value) && Number(value) > 0;
}
