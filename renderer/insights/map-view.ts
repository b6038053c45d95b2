/** What of the map is seen: map coordinates times `scale`, moved by `x` and `y`, are CSS pixels. */
export interface MapView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const toScreen = ({ scale, x, y }: MapView, place: Place): Place => ({
  x: place.x * scale + x,
  y: place.y * scale + y,
});

/** The view that shows every place, with a margin around. */
export function fitView(places: readonly Place[], { width, height }: Size, margin: number): MapView {
  if (places.length === 0) return { scale: 1, x: width / 2, y: height / 2 };
  const [left, right] = extent(places, ({ x }) => x);
  const [top, bottom] = extent(places, ({ y }) => y);
  const scale = Math.min(
    Math.max(1, width - 2 * margin) / Math.max(1e-9, right - left),
    Math.max(1, height - 2 * margin) / Math.max(1e-9, bottom - top),
  );
  // A single place has no size: it lies in the middle, whatever the scale.
  const shown = Number.isFinite(scale) ? scale : 1;
  return {
    scale: shown,
    x: width / 2 - (shown * (left + right)) / 2,
    y: height / 2 - (shown * (top + bottom)) / 2,
  };
}

/** Closer by `factor`, with the place under `at` (CSS pixels) kept where it is; between `least` and `most` of `fit`. */
export function zoomed(
  view: MapView,
  factor: number,
  at: Place,
  fit: MapView,
  [least, most]: readonly [number, number],
): MapView {
  const scale = Math.max(least * fit.scale, Math.min(most * fit.scale, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: at.x - by * (at.x - view.x), y: at.y - by * (at.y - view.y) };
}

/** The index of the place nearest to `at`, at most `within` CSS pixels away; null where there is none. */
export function nearest(places: readonly Place[], view: MapView, at: Place, within: number): number | null {
  let [best, least] = [-1, within ** 2];
  for (const [index, place] of places.entries()) {
    const shown = toScreen(view, place);
    const away = (shown.x - at.x) ** 2 + (shown.y - at.y) ** 2;
    if (away <= least) [best, least] = [index, away];
  }
  return best < 0 ? null : best;
}

const directions: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * The next place in the direction of an arrow key: the nearest of those that lie rather ahead than aside. Null for
 * another key, and where nothing lies that way.
 */
export function nextPlace(places: readonly Place[], from: number, key: string): number | null {
  const direction = directions[key];
  const start = places[from];
  if (!direction || !start) return null;
  let [best, least]: [number | null, number] = [null, Infinity];
  for (const [index, place] of places.entries()) {
    const [dx, dy] = [place.x - start.x, place.y - start.y];
    const ahead = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    // Aside counts double: the keys lead rather straight on than to what is nearest.
    if (index === from || ahead <= aside / 2) continue;
    const away = Math.hypot(ahead, 2 * aside);
    if (away < least) [best, least] = [index, away];
  }
  return best;
}

function extent(places: readonly Place[], of: (place: Place) => number): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const place of places) {
    least = Math.min(least, of(place));
    most = Math.max(most, of(place));
  }
  return [least, most];
}
