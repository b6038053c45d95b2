import { describe, expect, it } from 'vitest';

import type { Person } from '../../../app/contract/model.ts';
import { PeoplePage } from '../../../renderer/people/people-page.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { person } from '../../factories/people.ts';

async function withPage(
  people: Person[],
  check: (page: PeoplePage, now: (people: Person[]) => Promise<void>) => unknown,
) {
  let present = people;
  const backend = fakeBackend({ 'people.list': () => present });
  let page: PeoplePage | undefined;
  const stop = $effect.root(() => {
    page = new PeoplePage(backend, false);
  });
  await page!.list.refresh();
  await check(page!, async (next) => {
    present = next;
    await page!.list.refresh();
  });
  page!.close();
  stop();
}

const names = (people: readonly Person[]) => people.map(({ id, name }) => name ?? id);

describe('the People page', () => {
  it('shows named people first, then groups', () =>
    withPage([person(1, 'Anna'), person(2, null), person(3, 'Ben')], (page) => {
      expect(names(page.sections.named)).toEqual(['Anna', 'Ben']);
      expect(names(page.sections.groups)).toEqual([2]);
    }));

  it('leaves a group where it is when it gets its name', () =>
    withPage([person(1, 'Anna'), person(2, null), person(3, null)], async (page, now) => {
      page.hold();
      await now([person(1, 'Anna'), person(2, 'Mia'), person(3, null)]);
      expect(names(page.sections.named)).toEqual(['Anna']);
      expect(names(page.sections.groups)).toEqual(['Mia', 3]);
      expect(page.groupAfter(person(2, null).id)?.id).toBe(3);
    }));

  it('adds who is new at the end while the user is at work', () =>
    withPage([person(1, null), person(2, null)], async (page, now) => {
      page.hold();
      await now([person(9, null), person(2, null), person(1, null)]);
      expect(names(page.sections.groups)).toEqual([1, 2, 9]);
    }));

  it('follows the order of the engine until the user touches it', () =>
    withPage([person(1, null), person(2, null)], async (page, now) => {
      await now([person(9, null), person(2, null), person(1, null)]);
      expect(names(page.sections.groups)).toEqual([9, 2, 1]);
    }));

  it('puts the groups first that the photos are most about', () =>
    withPage([person(1, null, { relevance: 2 }), person(2, null, { relevance: 9 })], (page) => {
      expect(names(page.worthwhile)).toEqual([2, 1]);
    }));

  it('leaves out groups that few would miss where there are many, but not one that was just named', () => {
    const many = Array.from({ length: 30 }, (_, i) => person(i + 1, null, { minor: i >= 10, relevance: 30 - i }));
    return withPage(many, async (page, now) => {
      expect(names(page.worthwhile)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(page.sections.groups).toHaveLength(30);
      page.hold();
      await now(many.map((each) => (each.id === 20 ? { ...each, name: 'Mia' } : each)));
      expect(names(page.worthwhile).at(-1)).toBe('Mia');
      await now(many.slice(8, 20));
      expect(page.worthwhile).toHaveLength(12);
    });
  });

  it('does not show hidden people', () =>
    withPage([person(1, 'Anna', { hidden: true }), person(2, 'Ben')], (page) => {
      expect(names(page.sections.named)).toEqual(['Ben']);
    }));
});
