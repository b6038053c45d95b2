import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createPairTable } from '../../../app/engine/cluster/pair-table.ts';

it('remembers the latest word on every pair, however many there are', () => {
  const word = fc.tuple(fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 99 }), fc.float({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 400 }), (words) => {
      const table = createPairTable();
      const latest = new Map<string, readonly [number, number]>();
      for (const [a, b, time, distance] of words) {
        expect(table.time(table.place(a, b))).toBe(latest.get(`${a} ${b}`)?.[0] ?? 0);
        table.put(table.place(a, b), time, distance);
        latest.set(`${a} ${b}`, [time, distance]);
      }
      for (const [pair, [time, distance]] of latest) {
        const [a = 0, b = 0] = pair.split(' ').map(Number);
        const place = table.place(a, b);
        expect([table.time(place), table.distance(place)]).toEqual([time, distance]);
      }
    }),
  );
});

it('forgets everything when it is cleared, for less room and for more', () => {
  const table = createPairTable();
  for (const room of [0, 1000, 10, 5000]) {
    table.clear(room);
    for (let node = 0; node < 2000; node++) {
      expect(table.time(table.place(node, node + 1))).toBe(0);
      table.put(table.place(node, node + 1), 1 + node, 0.5);
    }
    for (let node = 0; node < 2000; node++) expect(table.time(table.place(node, node + 1))).toBe(1 + node);
  }
});
