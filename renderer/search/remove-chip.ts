import type { QueryChip } from '../../app/contract/model.ts';

/** The query without one of its parts, and without an `or` or a space that would be left hanging. */
export function removeChip(query: string, chip: Pick<QueryChip, 'from' | 'to'>): string {
  const before = query.slice(0, chip.from).trimEnd();
  const after = query.slice(chip.to).trimStart();
  const endsWithOr = /(^|\s)or$/iu.test(before);
  const beginsWithOr = /^or(\s|$)/iu.test(after);
  // `a or [b] c` loses the `or` before it; `[a] or b` and `a or [b] or c` the one after it.
  if (beginsWithOr) return join(before, after.slice(2));
  return endsWithOr ? join(before.slice(0, -2), after) : join(before, after);
}

const join = (before: string, after: string): string =>
  [before.trim(), after.trim()].filter((part) => part !== '').join(' ');
