import type { PersonId } from '../../app/contract/ids.ts';
import type { MapPerson, MapPoint } from './face-map.svelte.ts';
import { toScreen, type MapView, type Place } from './map-view.ts';

export interface MapPicture {
  readonly points: readonly MapPoint[];
  /** The most faces first. */
  readonly people: readonly MapPerson[];
  readonly view: MapView;
  readonly fit: MapView;
  readonly shown: PersonId | null;
  readonly pointed: MapPoint | null;
  readonly colours: MapColours;
}

/** As the theme has them, resolved: a canvas knows no variables. */
export interface MapColours {
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  /** Of people's colours, in OKLCH. */
  readonly lightness: number;
}

/** Colours of people are equally light and strong, and differ in hue. */
const chroma = 0.15;
const fullCircle = 2 * Math.PI;
/** CSS pixels: of a name, and between two names. */
const nameHeight = 16;
const nameGap = 4;
/** CSS pixels that a name lies above the middle of its faces, so that it does not cover them. */
const nameRise = 14;

const personColour = (hue: number, lightness: number): string => `oklch(${lightness} ${chroma} ${hue})`;

/** Draws the map on a context whose unit is a CSS pixel, cleared before. */
export function drawMap(context: CanvasRenderingContext2D, picture: MapPicture): void {
  const { points, people, view, fit, shown, colours } = picture;
  // Closer, faces are larger too, but slower than the distances between them.
  const radius = 2.6 * Math.min(3, Math.sqrt(view.scale / fit.scale));
  const byPerson = Map.groupBy(points, ({ person }) => person);
  const known = new Set<PersonId | null>(people.map(({ id }) => id));
  const others = points.filter(({ person }) => !known.has(person));
  context.globalAlpha = shown === null ? 0.45 : 0.18;
  fillDots(context, others, view, radius * 0.8, colours.quiet);
  // The smallest last, so that the many do not cover the few.
  for (const { id, hue } of people) {
    context.globalAlpha = shown === null || shown === id ? 0.85 : 0.12;
    fillDots(context, byPerson.get(id) ?? [], view, radius, personColour(hue, colours.lightness));
  }
  context.globalAlpha = 1;
  drawNames(context, picture);
  drawPointed(context, picture, radius);
}

function fillDots(
  context: CanvasRenderingContext2D,
  places: readonly Place[],
  view: MapView,
  radius: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.beginPath();
  for (const place of places) {
    const { x, y } = toScreen(view, place);
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, fullCircle);
  }
  context.fill();
}

/** Names of those with the most faces, as far as they have room. */
function drawNames(context: CanvasRenderingContext2D, { people, view, shown, colours }: MapPicture): void {
  context.font = '500 12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  const taken: { x: number; y: number; width: number }[] = [];
  for (const { id, name, middle } of people) {
    if (shown !== null && shown !== id) continue;
    const place = toScreen(view, middle);
    const [x, y] = [place.x, place.y - nameRise];
    const width = context.measureText(name).width + nameGap;
    const covers = taken.some(
      (other) => Math.abs(other.x - x) < (other.width + width) / 2 && Math.abs(other.y - y) < nameHeight,
    );
    if (covers) continue;
    taken.push({ x, y, width });
    context.strokeStyle = colours.ground;
    context.strokeText(name, x, y);
    context.fillStyle = colours.text;
    context.fillText(name, x, y);
  }
}

function drawPointed(context: CanvasRenderingContext2D, { pointed, view, colours }: MapPicture, radius: number): void {
  if (!pointed) return;
  const { x, y } = toScreen(view, pointed);
  context.beginPath();
  context.arc(x, y, radius + 4, 0, fullCircle);
  context.lineWidth = 2;
  context.strokeStyle = colours.text;
  context.stroke();
}
