import { settings } from '../settings.ts';

const { spanYears, ripening } = settings.people.ages;
const yearMs = 365.25 * 24 * 3600 * 1000;

/** A face of a person whose day is known. */
export interface DatedFace {
  /** L2 norm 1. */
  readonly vector: Float32Array;
  /** ms since 1970 as if UTC. */
  readonly taken: number;
}

/** What a person looked like over some years. */
export interface Prototype {
  /** Mean of the vectors: no unit vector, so that 2 − 2 · mean · face is the mean squared distance to those faces. */
  readonly mean: Float32Array;
  /** Mean time, in spans: see `spansAt`. */
  readonly at: number;
}

/**
 * A time in spans: years over which a look lasts. Where the birth is known they are short in childhood and long in later
 * life: the derivative falls with age as 1 / (1 + age / ripening).
 */
export function spansAt(time: number, birth: number | null): number {
  if (birth === null) return time / yearMs / spanYears;
  const age = Math.max(0, (time - birth) / yearMs);
  return (2 * ripening * Math.log1p(age / ripening)) / spanYears;
}

/** A prototype for each span of the person's life from which there are faces, in order of time. */
export function prototypesOf(faces: readonly DatedFace[], birth: number | null): Prototype[] {
  return cutIntoSpans(faces.map(({ vector, taken }) => ({ vector, at: spansAt(taken, birth) }))).map((span) => ({
    mean: meanOf(span.map(({ vector }) => ({ vector, weight: 1 / span.length }))),
    at: span.reduce((sum, { at }) => sum + at / span.length, 0),
  }));
}

/** What was taken within a span of one another, in order of time; `at` in spans. */
export function cutIntoSpans<T extends { readonly at: number }>(dated: readonly T[]): T[][] {
  const spans: T[][] = [];
  for (const one of dated.toSorted((a, b) => a.at - b.at)) {
    const span = spans.at(-1);
    if (span?.[0] && one.at - span[0].at < 1) span.push(one);
    else spans.push([one]);
  }
  return spans;
}

/**
 * How far a face lies from what the person looked like on its day: the root mean square L2 distance to the faces of the
 * nearest prototypes in time, or to the look between the two around it. Infinity before the birth; undefined where
 * nothing is known of that time.
 */
export function distanceThen(
  prototypes: readonly Prototype[],
  { vector, taken }: DatedFace,
  birth: number | null,
): number | undefined {
  if (birth !== null && taken < birth) return Infinity;
  const at = spansAt(taken, birth);
  const looks = prototypes.filter((prototype) => Math.abs(prototype.at - at) <= 1).map(({ mean }) => mean);
  const before = prototypes.findLast((prototype) => prototype.at <= at);
  const after = prototypes.find((prototype) => prototype.at > at);
  if (before && after) {
    const share = (at - before.at) / (after.at - before.at);
    looks.push(
      meanOf([
        { vector: before.mean, weight: 1 - share },
        { vector: after.mean, weight: share },
      ]),
    );
  }
  if (looks.length === 0) return undefined;
  return Math.min(...looks.map((look) => Math.sqrt(Math.max(0, 2 - 2 * dot(look, vector)))));
}

function meanOf(parts: readonly { readonly vector: Float32Array; readonly weight: number }[]): Float32Array {
  const mean = new Float32Array(parts[0]?.vector.length ?? 0);
  for (const { vector, weight } of parts)
    for (const i of mean.keys()) mean[i] = (mean[i] ?? 0) + weight * (vector[i] ?? 0);
  return mean;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
