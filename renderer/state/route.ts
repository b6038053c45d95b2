import type { PersonId, PhotoId } from '../../app/contract/ids.ts';

export type PersonTab = 'photos' | 'faces' | 'suggestions';
export const insightsTabs = ['people', 'accuracy', 'distances', 'map'] as const;
export type InsightsTab = (typeof insightsTabs)[number];

/** The place in the interface. `photo` is the photo that the viewer shows over the page. */
export type Route = (
  | { readonly page: 'photos' | 'people' | 'hidden' | 'statues' | 'overruled' | 'review' | 'improve' | 'settings' }
  | { readonly page: 'insights'; readonly tab: InsightsTab }
  | { readonly page: 'person'; readonly person: PersonId; readonly tab: PersonTab }
  | { readonly page: 'search'; readonly query: string }
) & { readonly photo: PhotoId | null };

const idOf = (text: string | null | undefined): number | null => {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
};

/** Pages about faces that are not on the People page itself. */
const isOfPeople = (page: string | undefined): page is 'hidden' | 'statues' | 'overruled' =>
  page === 'hidden' || page === 'statues' || page === 'overruled';

const insightsTabOf = (text: string | undefined): InsightsTab => insightsTabs.find((tab) => tab === text) ?? 'people';

const tabOf = (text: string | undefined): PersonTab => (text === 'faces' || text === 'suggestions' ? text : 'photos');

/** Reads `location.hash`; anything that is no place is the photos. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [page, part, tab] = path.split('/');
  const parameters = new URLSearchParams(search);
  const photo = idOf(parameters.get('photo')) as PhotoId | null;
  const person = idOf(part) as PersonId | null;
  if (page === 'people' && isOfPeople(part)) return { page: part, photo };
  if (page === 'people' && person) return { page: 'person', person, tab: tabOf(tab), photo };
  if (page === 'people' || page === 'review' || page === 'improve' || page === 'settings') return { page, photo };
  if (page === 'insights') return { page, tab: insightsTabOf(part), photo };
  if (page === 'search') return { page, query: parameters.get('q') ?? '', photo };
  return { page: 'photos', photo };
}

/** The hash that `parseRoute` reads back. */
export function formatRoute(route: Route): string {
  const parameters = new URLSearchParams();
  if (route.page === 'search') parameters.set('q', route.query);
  if (route.photo) parameters.set('photo', String(route.photo));
  const query = parameters.size > 0 ? `?${parameters.toString()}` : '';
  return `#/${pathOf(route)}${query}`;
}

function pathOf(route: Route): string {
  if (route.page === 'person') return `people/${route.person}${route.tab === 'photos' ? '' : `/${route.tab}`}`;
  if (route.page === 'insights') return `insights${route.tab === 'people' ? '' : `/${route.tab}`}`;
  return isOfPeople(route.page) ? `people/${route.page}` : route.page;
}

/** The page itself, whatever the viewer shows: what a scroll place is remembered by. */
export const pageKey = (route: Route): string => pathOf(route);
