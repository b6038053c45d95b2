import { settings } from '../../settings.ts';
import { backends, defaultBackend, type BackendName } from './backends.ts';
import type { Probe } from './probe-backend.ts';
import type { Measures } from './probe-service.ts';

export interface Verdict {
  readonly chosen: BackendName;
  /** Why each was chosen or not, in words. */
  readonly reasons: ReadonlyMap<BackendName, string>;
}

/**
 * The fastest of those that could be measured, which are those that give the right numbers; the default one unless
 * another takes clearly less time for a typical photo.
 */
export function chooseBackend(probes: readonly Probe[]): Verdict {
  const measured = probes.flatMap(({ backend, measures }) => (measures ? { backend, measures } : []));
  const [fastest] = measured.toSorted((one, other) => photoMs(one.measures) - photoMs(other.measures));
  const standard = measured.find(({ backend }) => backend === defaultBackend);
  const isClear =
    fastest && (!standard || photoMs(standard.measures) >= settings.backends.clearlyFaster * photoMs(fastest.measures));
  const chosen = isClear ? fastest : standard;
  const reason = ({ backend, measures, problem }: Probe): string => {
    if (!measures) return problem;
    if (backend !== chosen?.backend) return chosen ? comparison(measures, chosen) : '';
    return standard && backend !== defaultBackend
      ? comparison(measures, standard)
      : 'Nothing else here is clearly faster.';
  };
  return {
    chosen: chosen?.backend ?? defaultBackend,
    reasons: new Map(probes.map((probe) => [probe.backend, reason(probe)])),
  };
}

/** Milliseconds that the models take for a typical photo. */
export function photoMs({ facesPerSecond, detectMs }: Measures): number {
  return detectMs + (1000 * settings.backends.facesPerPhoto) / facesPerSecond;
}

function comparison(measures: Measures, other: { readonly backend: BackendName; readonly measures: Measures }): string {
  const ratio = photoMs(other.measures) / photoMs(measures);
  const { title } = backends[other.backend];
  if (ratio >= settings.backends.clearlyFaster) return `${ratio.toFixed(1)} times as fast as ${title}.`;
  if (ratio > 1) return `Faster than ${title}, but not clearly: by ${Math.round(100 * (ratio - 1))} %.`;
  return `A photo takes ${(1 / ratio).toFixed(1)} times as long as with ${title}.`;
}
