import type { QueryChip } from '../../app/contract/model.ts';
import { removeChip } from './remove-chip.ts';

export type SearchOrder = 'time' | 'match';

type Part = Pick<QueryChip, 'kind' | 'from' | 'to' | 'negated'>;

/** Faces can only match where somebody is asked for. */
export function canMatch(chips: readonly Part[]): boolean {
  return chips.some(({ kind, negated }) => !negated && (kind === 'person' || kind === 'only'));
}

/** The query in another order; newest first is what it is without a word. */
export function sortQuery(query: string, chips: readonly Part[], order: SearchOrder): string {
  const bare = chips
    .filter(({ kind }) => kind === 'sort')
    .toSorted((a, b) => b.from - a.from)
    .reduce(removeChip, query)
    .trim();
  return order === 'match' ? `${bare} sort:match` : bare;
}
