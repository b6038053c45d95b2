import type { QueryChip } from '../../app/contract/model.ts';
import { counted } from '../shared/numbers.ts';

export const messages = {
  search: 'Search',
  placeholder: 'People, dates, folders',
  clear: 'Clear the search',
  suggestions: 'Suggestions',
  title: 'Search',
  understood: 'Understood as',
  remove: (chip: QueryChip): string => `Remove ${chip.negated ? 'not ' : ''}${chip.text}`,
  not: 'not',
  only: 'only',
  found: (n: number): string => counted(n, 'photo', 'photos'),
  searching: 'Searching',
  nothing: 'No photo has all of that.',
  nothingNext: 'Remove a part above, or try another spelling.',
  start: 'Find photos by who is in them.',
  examples: [
    { query: 'anna ben', means: 'both in one photo' },
    { query: 'anna or ben', means: 'either of them' },
    { query: 'anna -carl', means: 'Anna without Carl' },
    { query: 'only:anna,ben', means: 'these two and nobody else' },
    { query: '2019-06..2019-08', means: 'a stretch of time; a year or a day works too' },
    { query: 'italy', means: 'a folder or file of that name' },
  ],
} as const;
