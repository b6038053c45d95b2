import { describe, expect, it } from 'vitest';

import type { PersonId, PhotoId } from '../../../app/contract/ids.ts';
import { formatRoute, parseRoute, type Route } from '../../../renderer/state/route.ts';
import { Router, type Place } from '../../../renderer/state/router.svelte.ts';

/** A window's history, as far as hashes go. */
class FakePlace implements Place {
  readonly entries: string[];
  at = 0;
  #changed: () => void = () => undefined;
  readonly location: Place['location'];
  readonly history = { back: () => this.travel(-1) };

  constructor(hash = '') {
    this.entries = [hash];
    const { entries } = this;
    const here = (): number => this.at;
    const move = (hash: string, replace: boolean): void => {
      if (!replace) this.at = entries.length = here() + 1;
      entries[this.at] = hash;
      this.#changed();
    };
    this.location = {
      get hash() {
        return entries[here()] ?? '';
      },
      set hash(hash: string) {
        move(hash, false);
      },
      replace: (hash) => move(hash, true),
    };
  }

  addEventListener(_type: 'hashchange', listener: () => void): void {
    this.#changed = listener;
  }

  travel(by: number): void {
    this.at += by;
    this.#changed();
  }
}

const photos = { page: 'photos', photo: null } as const;
const people = { page: 'people', photo: null } as const;

describe('a route', () => {
  const routes: Route[] = [
    photos,
    people,
    { page: 'hidden', photo: null },
    { page: 'settings', photo: null },
    { page: 'improve', photo: null },
    { page: 'insights', tab: 'people', photo: null },
    { page: 'insights', tab: 'map', photo: 4 as PhotoId },
    { page: 'photos', photo: 12 as PhotoId },
    { page: 'person', person: 5 as PersonId, tab: 'photos', photo: null },
    { page: 'person', person: 5 as PersonId, tab: 'faces', photo: 3 as PhotoId },
    { page: 'search', query: 'anna & "ben c" 50% #1', photo: null },
    { page: 'search', query: '李雷 or 🙂', photo: 9 as PhotoId },
  ];

  it.each(routes)('is the same after it was written and read: %o', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it.each(['', '#', '#/nowhere', '#/photos?photo=x', '#/photos?photo=-1', '#/photos?photo=1e99'])(
    'that is none (%s) is the photos',
    (hash) => {
      expect(parseRoute(hash)).toEqual(photos);
    },
  );
});

describe('the router', () => {
  it('begins where the address says', () => {
    expect(new Router(new FakePlace('#/people')).route).toEqual(people);
  });

  it('goes back to where the user came from', () => {
    const place = new FakePlace('#/photos');
    const router = new Router(place);
    router.go(people);
    router.back(photos);
    expect([router.route, place.at]).toEqual([photos, 0]);
  });

  it('never goes back beyond where it began', () => {
    const place = new FakePlace('#/photos?photo=3');
    const router = new Router(place);
    router.back(photos);
    expect([router.route, place.at, place.location.hash]).toEqual([photos, 0, '#/photos']);
  });

  it("follows the browser's own back and forward and links", () => {
    const place = new FakePlace('#/photos');
    const router = new Router(place);
    router.go(people);
    place.travel(-1);
    expect(router.route).toEqual(photos);
    place.location.hash = '#/settings';
    expect(router.route.page).toBe('settings');
    router.back(people);
    expect(router.route).toEqual(photos);
    router.back(people);
    expect(router.route).toEqual(people);
  });

  it('replaces without leaving a place behind', () => {
    const place = new FakePlace('#/photos');
    const router = new Router(place);
    router.go({ page: 'search', query: 'a', photo: null });
    router.replace({ page: 'search', query: 'anna', photo: null });
    router.back(people);
    expect(router.route).toEqual(photos);
  });

  it('remembers how far each page was scrolled, whatever the viewer shows', () => {
    const router = new Router(new FakePlace());
    router.rememberScroll({ page: 'photos', photo: 3 as PhotoId }, 4200);
    expect([router.scrolled(photos), router.scrolled(people)]).toEqual([4200, 0]);
  });
});
