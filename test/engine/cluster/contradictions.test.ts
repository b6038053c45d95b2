import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findContradicted, type Claim } from '../../../app/engine/cluster/contradictions.ts';

const same = (a: number, b: number): Claim => ({ a, b, same: true });
const apart = (a: number, b: number): Claim => ({ a, b, same: false });

describe('contradictions', () => {
  it('lets the newest of A = B, B = C, A ≠ C win, whichever it is, and the oldest lose', () => {
    expect(findContradicted([apart(1, 3), same(2, 3), same(1, 2)])).toEqual([2]);
    expect(findContradicted([same(1, 2), apart(1, 3), same(2, 3)])).toEqual([2]);
    expect(findContradicted([same(1, 2), same(2, 3), apart(1, 3)])).toEqual([2]);
  });

  it('knows that two people are never one', () => {
    expect(findContradicted([same(1, -7), same(2, -8), same(1, 2)])).toEqual([2]);
    expect(findContradicted([same(1, 2), same(1, -7), same(2, -8)])).toEqual([2]);
    expect(findContradicted([apart(1, -7), same(1, 2), same(2, -7)])).toEqual([2]);
  });

  it('takes the same word twice without a contradiction', () => {
    expect(findContradicted([same(1, 2), same(2, 1), same(2, 3), same(1, 3), apart(1, 4), apart(4, 2)])).toEqual([]);
  });

  /** Plain: the claims that are kept, closed over, by the definition of an equivalence. */
  const holds = (claims: readonly Claim[]): boolean => {
    const members = [...new Set(claims.flatMap(({ a, b }) => [a, b]))];
    const one = new Map(members.map((member) => [member, new Set([member])]));
    for (let grown = true; grown;) {
      grown = false;
      for (const { a, b } of claims.filter((claim) => claim.same)) {
        for (const [x, y] of [
          [a, b],
          [b, a],
        ] as const) {
          for (const other of one.get(y)!) {
            if (!one.get(x)!.has(other)) grown = Boolean(one.get(x)!.add(other));
          }
        }
      }
    }
    const people = (member: number) => [...one.get(member)!].filter((other) => other < 0).length;
    return (
      claims.every((claim) => claim.same || !one.get(claim.a)!.has(claim.b)) &&
      members.every((member) => people(member) < 2)
    );
  };

  it('keeps claims that stand together, and drops none that could stand with those before it', () => {
    const member = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -3, max: -1 }));
    const claim = fc
      .record({ a: fc.integer({ min: 1, max: 6 }), b: member, same: fc.boolean() })
      .filter(({ a, b }) => a !== b);
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 14 }), (claims) => {
        const dropped = new Set(findContradicted(claims));
        const kept: Claim[] = [];
        for (const [at, each] of claims.entries()) {
          expect(holds([...kept, each])).toBe(!dropped.has(at));
          if (!dropped.has(at)) kept.push(each);
        }
      }),
      { numRuns: 300 },
    );
  });
});
