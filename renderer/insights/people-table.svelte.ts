import type { Backend } from '../../app/contract/api.ts';
import type { PersonQuality } from '../../app/contract/measures.ts';
import { Resource } from '../state/resource.svelte.ts';

export const sortKeys = ['name', 'faces', 'right', 'missing', 'nearest'] as const;
export type SortKey = (typeof sortKeys)[number];

/** Estimates are worked out over all faces: seldom enough while an import runs. */
const restMs = 15_000;

const valueOf: Readonly<Record<Exclude<SortKey, 'name'>, (one: PersonQuality) => number>> = {
  faces: ({ faces }) => faces,
  right: ({ precision }) => precision,
  missing: ({ missing }) => missing,
  // Where nobody is near, everybody is far.
  nearest: ({ nearest }) => nearest?.distance ?? Infinity,
};
/** What one looks for first: the most faces, what is least right, the most missing, the nearest other. */
const beginsDown: Readonly<Record<SortKey, boolean>> = {
  name: false,
  faces: true,
  right: false,
  missing: true,
  nearest: false,
};

/** How well each person is known, in the order the user wants. */
export class PeopleTable {
  readonly list: Resource<readonly PersonQuality[]>;
  key = $state<SortKey>('faces');
  down = $state(true);
  readonly sorted = $derived.by(() => sortPeople(this.list.value ?? [], this.key, this.down));

  constructor(backend: Backend) {
    this.list = new Resource({
      load: (signal) => backend.request('insights.people', {}, signal),
      follow: { backend, subjects: ['people', 'tuning'] },
      restMs,
    });
  }

  /** By this column; the same again turns the order round. */
  sort(key: SortKey): void {
    this.down = key === this.key ? !this.down : beginsDown[key];
    this.key = key;
  }

  close(): void {
    this.list.close();
  }
}

function sortPeople(list: readonly PersonQuality[], key: SortKey, down: boolean): PersonQuality[] {
  const sign = down ? -1 : 1;
  const byName = (one: PersonQuality, other: PersonQuality): number => one.name.localeCompare(other.name);
  if (key === 'name') return list.toSorted((one, other) => sign * byName(one, other));
  const value = valueOf[key];
  return list.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    return a === b ? byName(one, other) : sign * (a < b ? -1 : 1);
  });
}
