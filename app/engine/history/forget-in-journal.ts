import type { Action } from '../../contract/model.ts';
import type { Journal } from '../db/journal.ts';
import { stripChange, type Forgotten } from './strip-change.ts';

/** What an action is called once it may not say any more whom it was about. */
const wordsWithoutNames: Partial<Record<Action['kind'], string>> = {
  name: 'Named somebody',
  merge: 'Merged people',
  move: 'Moved faces',
  reject: 'Removed faces',
  split: 'Split faces off',
  search: 'Changed the saved searches',
};

/** Whom the journal knows to be one with a person now: those who were merged into it, and into them. */
export function mergedInto(journal: Journal, person: number): Set<number> {
  const people = new Set([person]);
  // From the newest on: who was merged into somebody who was merged later is found as well.
  for (const { changes } of journal.all().toReversed()) {
    for (const change of changes) {
      if (change.table === 'person' && change.into !== undefined && people.has(change.into)) people.add(change.id);
    }
  }
  return people;
}

/** Every name that these people have had, as far as the journal knows. */
export function namesIn(journal: Journal, people: ReadonlySet<number>): Set<string> {
  const names = new Set<string>();
  for (const { changes } of journal.all()) {
    for (const change of changes) {
      if (change.table !== 'person' || !people.has(change.id)) continue;
      for (const row of [change.before, change.after]) if (row?.name) names.add(row.name);
    }
  }
  return names;
}

/** Takes everything of `forgotten`, and its names, out of the journal; an action of which nothing is left goes. */
export function forgetInJournal(journal: Journal, forgotten: Forgotten, names: ReadonlySet<string>): void {
  const folded = [...names].map((name) => name.toLocaleLowerCase());
  for (const { id, kind, label, changes } of journal.all()) {
    const left = changes.flatMap((change) => stripChange(change, forgotten) ?? []);
    const named = folded.some((name) => label.toLocaleLowerCase().includes(name));
    if (left.length === 0 && changes.length > 0) journal.remove(id);
    else if (named || left.some((change, at) => change !== changes[at]) || left.length < changes.length) {
      journal.rewrite(id, named ? (wordsWithoutNames[kind] ?? 'Changed something about people') : label, left);
    }
  }
}
