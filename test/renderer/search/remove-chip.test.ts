import { describe, expect, it } from 'vitest';

import { removeChip } from '../../../renderer/search/remove-chip.ts';

/** The query without the part marked by brackets. */
function without(marked: string): string {
  const from = marked.indexOf('[');
  const to = marked.indexOf(']') - 1;
  return removeChip(marked.replace(/[[\]]/g, ''), { from, to });
}

describe('removing a part of a query', () => {
  it.each([
    ['[anna]', ''],
    ['[anna] ben', 'ben'],
    ['anna [ben] carl', 'anna carl'],
    ['anna [-carl]', 'anna'],
    ['[anna] or ben', 'ben'],
    ['anna or [ben]', 'anna'],
    ['anna or [ben] 2019', 'anna 2019'],
    ['anna or [ben] or carl', 'anna or carl'],
    ['dora  [2019-06..2019-08]  italy', 'dora italy'],
    ['[dora] orkney', 'orkney'],
    ['igor [anna]', 'igor'],
  ])('%s becomes "%s"', (marked, left) => {
    expect(without(marked)).toBe(left);
  });
});
