import type { EmbedderManifest } from '../model/manifest.ts';
import { settings } from '../settings.ts';

type Thresholds = EmbedderManifest['thresholds'];

const { evidence: weights, usualYes } = settings.people;

/**
 * How much a distance (L2) speaks for one person, the same for every embedder: the negative decimal logarithm of the
 * share of pairs of different people that come as near. 3: one in a thousand. From 0 to `weights.most`.
 *
 * Between the measured rates and beyond them the logarithm is a line. An embedder whose rates nobody has measured is
 * taken to reach one in a thousand at its acceptance, and a tenth of that each 7 % nearer, as the measured ones do.
 */
export function createEvidence(thresholds: Thresholds): (distance: number) => number {
  const points = knownPoints(thresholds);
  return (distance) => {
    const after = points.findIndex((point) => point.distance >= distance);
    const upper = Math.max(1, after < 0 ? points.length - 1 : after);
    const [a, b] = [points[upper - 1], points[upper]];
    if (!a || !b || b.distance === a.distance) return a?.decades ?? 0;
    const decades = a.decades + ((b.decades - a.decades) * (distance - a.distance)) / (b.distance - a.distance);
    return Math.min(weights.most, Math.max(0, decades));
  };
}

interface Point {
  readonly distance: number;
  readonly decades: number;
}

function knownPoints({ far, acceptance }: Thresholds): Point[] {
  const measured = (far ?? []).filter(({ rate }) => rate > 0);
  if (measured.length > 1) return measured.map(({ distance, rate }) => ({ distance, decades: -Math.log10(rate) }));
  return [
    { distance: 0.93 * acceptance, decades: 4 },
    { distance: acceptance, decades: 3 },
  ];
}

/** The distance (L2) from which on nothing speaks for one person: `likelihood` takes all beyond it alike. */
export function reachOf(thresholds: Thresholds): number {
  const points = knownPoints(thresholds);
  const after = points.findIndex(({ decades }) => decades <= weights.least);
  const upper = Math.max(1, after < 0 ? points.length - 1 : after);
  const [a, b] = [points[upper - 1], points[upper]];
  if (!a || !b || b.decades === a.decades) return b?.distance ?? Infinity;
  return a.distance + ((weights.least - a.decades) * (b.distance - a.distance)) / (b.decades - a.decades);
}

/**
 * How likely faces that nobody has named yet are the person whom they lie nearest to, 0 to 1: a logistic regression on
 * the evidence of the average distance to that person, and on how far it is ahead of that to the next one
 * (`npm run bench:review` fits and judges it on people held out).
 * @param own evidence for the person
 * @param other evidence for the runner-up, 0 where nobody else is near
 */
export function likelihood(own: number, other: number): number {
  const [near, next] = [Math.max(weights.least, own), Math.max(weights.least, other)];
  return 1 / (1 + Math.exp(-(weights.offset + weights.own * near + weights.lead * (near - next))));
}

/** Rounds after which the share of yes no longer moves. */
const rounds = 50;

/**
 * The likelihoods of a library's questions, adjusted to how many of them are a yes there: where the groups are good,
 * hardly anybody is left over. The share is that which explains the likelihoods best, by expectation maximisation
 * (Saerens, Latinne and Decaestecker 2002, section 2.2), with the usual share as a prior.
 * @param others so many more questions for which nothing speaks
 */
export function adjustLikelihoods(likelihoods: readonly number[], others = 0): number[] {
  const [given, hopeless] = [Float64Array.from(likelihoods), likelihood(0, 0)];
  let share: number = usualYes.share;
  let shift = 1;
  for (let round = 0; round < rounds; round++) {
    const last = shift;
    shift = odds(share) / odds(usualYes.share);
    // From here on every round would give the same.
    if (round > 0 && shift === last) break;
    let yes = others * shifted(hopeless, shift);
    for (const p of given) yes += shifted(p, shift);
    share = (yes + usualYes.weight * usualYes.share) / (given.length + others + usualYes.weight);
  }
  return likelihoods.map((p) => shifted(p, shift));
}

function shifted(p: number, shift: number): number {
  return (p * shift) / (p * shift + 1 - p);
}

function odds(p: number): number {
  return p / (1 - p);
}
