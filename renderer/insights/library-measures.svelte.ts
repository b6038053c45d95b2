import type { Backend } from '../../app/contract/api.ts';
import { Resource } from '../state/resource.svelte.ts';
import type { LibraryMeasures } from '../../app/contract/measures.ts';

/** Every pair of named faces is compared: seldom enough while the user goes on naming. */
const restMs = 15_000;

/** How well the named people are told apart. */
export const measuresOf = (backend: Backend): Resource<LibraryMeasures> =>
  new Resource({
    load: (signal) => backend.request('evaluate.library', {}, signal),
    follow: { backend, subjects: ['people', 'tuning'] },
    restMs,
  });

/** Whether there is anything to measure: pairs of one person and of two. */
export const isMeasured = ({ same, pairs }: Pick<LibraryMeasures, 'same' | 'pairs'>): boolean =>
  same > 0 && pairs > same;
