import { expect, it } from 'vitest';

import { markProblem } from '../../../renderer/search/mark-problem.ts';

it('marks the whole word in which the problem stands', () => {
  expect(markProblem('anna 2019-13 ben', 10)).toEqual({ before: 'anna ', marked: '2019-13', after: ' ben' });
  expect(markProblem('is:sunny', 3)).toEqual({ before: '', marked: 'is:sunny', after: '' });
});

it('shows little of a long query', () => {
  const { before, marked, after } = markProblem(`${'a '.repeat(5000)}2019-13${' b'.repeat(5000)}`, 10_005);
  expect(marked).toBe('2019-13');
  expect(before.length + after.length).toBe(400);
});
