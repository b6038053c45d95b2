import type { PersonId } from '../../contract/ids.ts';
import { foldedWords } from './fold-text.ts';

export interface NamedPerson {
  readonly id: PersonId;
  readonly name: string;
}

/**
 * How well a name was given: in full, by some of its words, or by the beginning of one.
 * A better way shuts out the others: `anna` is Anna, and not Anna Maria or Annabel, where there is an Anna.
 */
export interface NameMatch {
  readonly how: 'name' | 'words' | 'prefix';
  readonly people: readonly NamedPerson[];
}

export interface NameIndex {
  /** Words of the longest name. */
  readonly longest: number;
  /** The people whose name has `words` (folded) in a row; the last may go on. Null for nobody. */
  match(words: readonly string[]): NameMatch | null;
}

const ways = ['name', 'words', 'prefix'] as const;

export function createNameIndex(people: readonly NamedPerson[]): NameIndex {
  const entries = people.map((person) => ({ person, words: foldedWords(person.name) }));
  return {
    longest: entries.reduce((longest, entry) => Math.max(longest, entry.words.length), 0),
    match: (words) => {
      const found: Record<NameMatch['how'], NamedPerson[]> = { name: [], words: [], prefix: [] };
      if (words.length === 0) return null;
      for (const entry of entries) {
        const how = compare(entry.words, words);
        if (how) found[how].push(entry.person);
      }
      const how = ways.find((way) => found[way].length > 0);
      return how ? { how, people: found[how] } : null;
    },
  };
}

/** How `words` stand in a row in `name`. */
function compare(name: readonly string[], words: readonly string[]): NameMatch['how'] | null {
  let best: NameMatch['how'] | null = null;
  const last = words.length - 1;
  for (let start = 0; start + words.length <= name.length; start++) {
    if (!words.every((word, i) => name[start + i] === word || (i === last && name[start + i]?.startsWith(word))))
      continue;
    if (name[start + last] === words[last]) return words.length === name.length ? 'name' : 'words';
    best = 'prefix';
  }
  return best;
}
