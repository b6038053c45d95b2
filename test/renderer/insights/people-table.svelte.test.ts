import { describe, expect, it } from 'vitest';

import type { PersonId } from '../../../app/contract/ids.ts';
import type { PersonQuality } from '../../../app/contract/measures.ts';
import { PeopleTable } from '../../../renderer/insights/people-table.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';

const person = (id: number, name: string, more: Partial<PersonQuality>): PersonQuality => ({
  id: id as PersonId,
  name,
  cover: null,
  faces: 10,
  confirmed: 2,
  precision: 0.9,
  low: 0.8,
  high: 1,
  missing: 0,
  nearest: null,
  ...more,
});
const near = (distance: number): PersonQuality['nearest'] => ({ id: 9 as PersonId, name: 'Zoe', distance });
const people = [
  person(1, 'Ben', { faces: 3, precision: 0.5, missing: 4, nearest: near(1.2) }),
  person(2, 'Anna', { faces: 30, missing: 1 }),
  person(3, 'Carl', { faces: 30, precision: 0.99, nearest: near(0.8) }),
];

async function setUp(): Promise<PeopleTable> {
  const table = new PeopleTable(fakeBackend({ 'insights.people': () => people }));
  await table.list.refresh();
  return table;
}
const names = (table: PeopleTable): string => table.sorted.map(({ name }) => name).join(' ');

describe('the table of people', () => {
  it('begins with those of the most faces, by name where they have as many', async () => {
    const table = await setUp();
    expect(names(table)).toBe('Anna Carl Ben');
    table.close();
  });

  it('begins each column with what one looks for in it, and turns round on a second click', async () => {
    const table = await setUp();
    for (const [key, wanted, turned] of [
      ['name', 'Anna Ben Carl', 'Carl Ben Anna'],
      ['right', 'Ben Anna Carl', 'Carl Anna Ben'],
      ['missing', 'Ben Anna Carl', 'Carl Anna Ben'],
      ['nearest', 'Carl Ben Anna', 'Anna Ben Carl'],
    ] as const) {
      table.sort(key);
      expect(names(table)).toBe(wanted);
      table.sort(key);
      expect(names(table)).toBe(turned);
    }
    table.close();
  });
});
