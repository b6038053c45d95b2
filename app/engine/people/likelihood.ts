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
export function createEvidence({ far, acceptance }: Thresholds): (distance: number) => number {
  const measured = (far ?? []).filter(({ rate }) => rate > 0);
  const points =
    measured.length > 1
      ? measured.map(({ distance, rate }) => ({ distance, decades: -Math.log10(rate) }))
      : [
          { distance: 0.93 * acceptance, decades: 4 },
          { distance: acceptance, decades: 3 },
        ];
  return (distance) => {
    const after = points.findIndex((point) => point.distance >= distance);
    const upper = Math.max(1, after < 0 ? points.length - 1 : after);
    const [a, b] = [points[upper - 1], points[upper]];
    if (!a || !b || b.distance === a.distance) return a?.decades ?? 0;
    const decades = a.decades + ((b.decades - a.decades) * (distance - a.distance)) / (b.distance - a.distance);
    return Math.min(weights.most, Math.max(0, decades));
  };
}

/**
 * How likely faces that nobody has named yet are the person whom they lie nearest to, 0 to 1: a logistic regression on
 * the evidence of the average distance to that person, and on how far it is ahead of that to the next one
 * (`npm run bench:review` fits and judges it on people held out).
 * @param own evidence for the person
 * @param other evidence for the runner-up, 0 where nobody else is near
 */
export function likelihood(own: number, other: number): number {
  return 1 / (1 + Math.exp(-(weights.offset + weights.own * own + weights.lead * (own - other))));
}

/** Rounds after which the share of yes no longer moves. */
const rounds = 50;

/**
 * The likelihoods of a library's questions, adjusted to how many of them are a yes there: where the groups are good,
 * hardly anybody is left over. The share is that which explains the likelihoods best, by expectation maximisation
 * (Saerens, Latinne and Decaestecker 2002, section 2.2), with the usual share as a prior.
 */
export function adjustLikelihoods(likelihoods: readonly number[]): number[] {
  let share: number = usualYes.share;
  let adjusted = [...likelihoods];
  for (let round = 0; round < rounds; round++) {
    const shift = odds(share) / odds(usualYes.share);
    adjusted = likelihoods.map((p) => (p * shift) / (p * shift + 1 - p));
    const yes = adjusted.reduce((sum, p) => sum + p, 0);
    share = (yes + usualYes.weight * usualYes.share) / (likelihoods.length + usualYes.weight);
  }
  return adjusted;
}

function odds(p: number): number {
  return p / (1 - p);
}
