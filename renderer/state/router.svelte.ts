import { formatRoute, pageKey, parseRoute, type Route } from './route.ts';

/** The part of the page's window that says and sets the place. */
export interface Place {
  readonly location: { hash: string; replace(url: string): void };
  readonly history: { back(): void };
  addEventListener(type: 'hashchange', listener: () => void): void;
}

/** Follows `location.hash`, so that reload, back and forward keep the place. */
export class Router {
  route: Route = $state.raw(parseRoute(''));
  readonly #place: Place;
  readonly #scrolled = new Map<string, number>();
  /** The places of ours that lie behind the present one, so that going back never leaves the interface. */
  readonly #trail: string[] = [];

  constructor(place: Place) {
    this.#place = place;
    this.route = parseRoute(place.location.hash);
    place.addEventListener('hashchange', () => {
      const here = formatRoute(this.route);
      const next = parseRoute(place.location.hash);
      if (formatRoute(next) === here) return;
      if (this.#trail.at(-1) === formatRoute(next)) this.#trail.pop();
      else this.#trail.push(here);
      this.route = next;
    });
  }

  go(route: Route): void {
    const hash = formatRoute(route);
    if (hash === formatRoute(this.route)) return;
    this.#trail.push(formatRoute(this.route));
    this.route = route;
    this.#place.location.hash = hash;
  }

  /** Goes to a place without leaving the present one behind. */
  replace(route: Route): void {
    this.route = route;
    this.#place.location.replace(formatRoute(route));
  }

  /** Back to where the user came from, or to `otherwise` when the page was opened here. */
  back(otherwise: Route): void {
    if (this.#trail.length === 0) this.replace(otherwise);
    else this.#place.history.back();
  }

  /** How far a page was scrolled when it was last left. */
  scrolled(route: Route): number {
    return this.#scrolled.get(pageKey(route)) ?? 0;
  }

  rememberScroll(route: Route, top: number): void {
    this.#scrolled.set(pageKey(route), top);
  }
}
