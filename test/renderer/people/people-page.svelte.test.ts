import { describe, expect, it } from 'vitest';

import type { Person } from '../../../app/contract/model.ts';
import { PeoplePage } from '../../../renderer/people/people-page.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { person } from '../people.ts';

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

  it('does not show hidden people', () =>
    withPage([person(1, 'Anna', { hidden: true }), person(2, 'Ben')], (page) => {
      expect(names(page.sections.named)).toEqual(['Ben']);
    }));
});
