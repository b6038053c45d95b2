import type { Backend } from '../../app/contract/api.ts';
import type { PersonId } from '../../app/contract/ids.ts';
import type { FaceMap } from '../../app/contract/measures.ts';
import { Resource } from '../state/resource.svelte.ts';
import { fitView, nearest, nextPlace, toScreen, zoomed, type MapView, type Place, type Size } from './map-view.ts';

export type MapPoint = FaceMap['points'][number];
export interface MapPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly faces: number;
  /** Of its colour, in degrees. */
  readonly hue: number;
  /** The middle of its faces: the median, which a stray face does not move. */
  readonly middle: Place;
}

/** The whole map is worked out anew: seldom enough while an import runs. */
const restMs = 60_000;
/** CSS pixels: around the map, and how near the pointer has to come to a face. */
const margin = 28;
const reach = 14;
const zooms = [0.8, 40] as const;
/** Degrees between the colours of one person and the next smaller one: never twice the same, neighbours far apart. */
const goldenAngle = 137.508;

/** The map of the faces: what of it is seen, and which face is pointed at. */
export class FaceMapPage {
  readonly map: Resource<FaceMap>;
  /** CSS pixels. */
  size = $state.raw<Size>({ width: 0, height: 0 });
  /** The face that is pointed at, or that the keys have come to. */
  pointed = $state<number | null>(null);
  /** Only this person has a colour; null: all have. */
  shown = $state<PersonId | null>(null);
  readonly points = $derived.by(() => this.map.value?.points ?? []);
  readonly people = $derived.by(() => peopleOf(this.map.value));
  readonly byId = $derived.by(() => new Map(this.people.map((person) => [person.id, person])));
  readonly fit = $derived.by(() => fitView(this.points, this.size, margin));
  /** Where the user has gone; null: all is seen. */
  #gone = $state.raw<MapView | null>(null);

  constructor(backend: Backend) {
    this.map = new Resource({
      load: (signal) => backend.request('insights.map', {}, signal),
      follow: { backend, subjects: ['people', 'tuning'] },
      restMs,
    });
  }

  get view(): MapView {
    return this.#gone ?? this.fit;
  }

  get point(): MapPoint | null {
    return this.pointed === null ? null : (this.points[this.pointed] ?? null);
  }

  nameOf = ({ person }: MapPoint): string | null => (person === null ? null : (this.byId.get(person)?.name ?? null));

  pointAt(at: Place | null): void {
    this.pointed = at && nearest(this.points, this.view, at, reach);
  }

  /** To the next face that way; from the middle where none is pointed at. */
  step(key: string): boolean {
    const middle = { x: this.size.width / 2, y: this.size.height / 2 };
    const next =
      this.pointed === null
        ? nearest(this.points, this.view, middle, Infinity)
        : nextPlace(this.points, this.pointed, key);
    if (next === null) return false;
    this.pointed = next;
    this.#reveal(next);
    return true;
  }

  zoom(factor: number, at: Place = { x: this.size.width / 2, y: this.size.height / 2 }): void {
    this.#gone = zoomed(this.view, factor, at, this.fit, zooms);
  }

  pan(dx: number, dy: number): void {
    const { scale, x, y } = this.view;
    this.#gone = { scale, x: x + dx, y: y + dy };
  }

  showAll(): void {
    this.#gone = null;
  }

  close(): void {
    this.map.close();
  }

  #reveal(index: number): void {
    const place = this.points[index];
    if (!place) return;
    const { x, y } = toScreen(this.view, place);
    const by = (value: number, most: number): number =>
      Math.max(margin - value, 0) - Math.max(value - (most - margin), 0);
    const [dx, dy] = [by(x, this.size.width), by(y, this.size.height)];
    if (dx !== 0 || dy !== 0) this.pan(dx, dy);
  }
}

/** Those of the map, the most faces first. */
function peopleOf(map: FaceMap | null): MapPerson[] {
  const faces = Map.groupBy(map?.points ?? [], ({ person }) => person);
  return (map?.people ?? [])
    .map(({ id, name }) => ({ id, name, points: faces.get(id) ?? [] }))
    .filter(({ points }) => points.length > 0)
    .toSorted((one, other) => other.points.length - one.points.length || one.id - other.id)
    .map(({ id, name, points }, rank) => ({
      id,
      name,
      faces: points.length,
      hue: (20 + rank * goldenAngle) % 360,
      middle: { x: median(points.map(({ x }) => x)), y: median(points.map(({ y }) => y)) },
    }));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
