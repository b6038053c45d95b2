import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  addAll,
  addId,
  countIds,
  createIdSet,
  hasId,
  keepCommon,
  removeAll,
  type IdSet,
} from '../../../app/engine/search/id-set.ts';

const end = 100;
const ids = fc.array(fc.nat(end - 1));
const setOf = (some: readonly number[]): IdSet => {
  const set = createIdSet(end);
  for (const id of some) addId(set, id);
  return set;
};
const listOf = (set: IdSet): number[] => Array.from({ length: end }, (_, id) => id).filter((id) => hasId(set, id));

test('sets of bits are combined and counted as sets are', () => {
  fc.assert(
    fc.property(ids, ids, (one, other) => {
      const [a, b] = [new Set(one), new Set(other)];
      const combined = (by: (set: IdSet, more: IdSet) => void): number[] => {
        const set = setOf(one);
        by(set, setOf(other));
        return listOf(set);
      };
      const every = Array.from({ length: end }, (_, id) => id);
      expect(combined(keepCommon)).toEqual(every.filter((id) => a.has(id) && b.has(id)));
      expect(combined(addAll)).toEqual(every.filter((id) => a.has(id) || b.has(id)));
      expect(combined(removeAll)).toEqual(every.filter((id) => a.has(id) && !b.has(id)));
      expect(countIds(setOf(one))).toBe(a.size);
    }),
  );
});
