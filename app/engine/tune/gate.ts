import { acceptanceRates, comparedPairs, thresholdsAt, type AcceptanceRates } from './acceptance-rates.ts';
import { f1Of, type ClusteredFace } from './clustered-faces.ts';
import type { JudgedPairs } from './judged-pairs.ts';
import { part } from './split.ts';

export interface GateSettings {
  /** False accept rates, the wanted one first: the first at which enough pairs of two people are accepted is used. */
  readonly fars: readonly number[];
  /** Pairs of two people that have to be accepted at a rate for it to be measured. */
  readonly leastAccepted: number;
  /** Such pairs from which the thresholds are the same in all draws of the bootstrap; below, each draw has its own. */
  readonly sureAccepted: number;
  /** People with held-out pairs below which nothing is decided. */
  readonly leastPeople: number;
  /** Draws of the bootstrap. */
  readonly draws: number;
  /** One-sided chance of taking a head that brings nothing. */
  readonly risk: number;
  /** What people never seen, everybody and the groups may seem to lose, where that is within chance: 0 to 1. */
  readonly tolerance: number;
  /** One-sided chance of calling a loss sure that is none. */
  readonly lossRisk: number;
}

/** What is measured of one embedding, with or without a head. */
export interface Judged {
  readonly pairs: JudgedPairs;
  /** How right the groups of the held-out faces with a person are, grouped anew. */
  readonly clustered: readonly ClusteredFace[];
}

export type Verdict = 'better' | 'no-better' | 'too-little-data';

export interface GateResult {
  readonly verdict: Verdict;
  /** In words, for the user. */
  readonly reason: string;
  /** The false accept rate of the primary measure, null where it is B-cubed F1. */
  readonly far: number | null;
  readonly before: AcceptanceRates;
  readonly after: AcceptanceRates;
  /** B-cubed F1 of the held-out faces. */
  readonly f1: { readonly before: number; readonly after: number };
  /** What the primary measure gains at least, at the confidence asked for; 0 where that could not be told. */
  readonly leastGain: number;
}

/** The false accept rate that is measured at, null where there are too few pairs of two people for any. */
export function measuredFar(pairs: JudgedPairs, { fars, leastAccepted }: GateSettings): number | null {
  const different = comparedPairs(pairs, onesFor(pairs)).named;
  return fars.find((rate) => rate * different >= leastAccepted) ?? null;
}

/** The false accept rate of the other measures: they want a threshold in any case. */
export function secondaryFar(pairs: JudgedPairs, settings: GateSettings): number {
  return measuredFar(pairs, settings) ?? settings.fars.at(-1) ?? 0;
}

/**
 * Decides whether a head is better than none. One measure decides, chosen by how much data there is and not by how it
 * comes out: the share of pairs of known people that are accepted on photos held out, or B-cubed F1 where there are too
 * few pairs. Its gain has to be above nothing with confidence 1 − risk, by a bootstrap over people (Efron 1979): people
 * are drawn, because two photos of one person are not two observations.
 *
 * Nothing else may be worse: people never seen, everybody and the groups may lose neither surely (the bound of the
 * same bootstrap) nor more than the tolerance. That a noisy figure lies a hair below nothing is no loss.
 *
 * The thresholds are held, not drawn, where enough pairs of two people lie below them. Those are all the pairs of this
 * library, hundreds of thousands, and the people whom the next photos will be mistaken for are the same ones: they are
 * no sample of anything. What is a sample is the photos of one person, so people are drawn for the pairs of one person
 * alone. To draw both sides of a pair of two people would moreover count the chance of each single pair three times,
 * because it weighs the product of two draws (of variance 3) instead of one (of variance 1). What shuffled
 * labels show of that is in bench/results/tune.md.
 */
export function judgeHead(before: Judged, after: Judged, settings: GateSettings, random: () => number): GateResult {
  const far = measuredFar(before.pairs, settings);
  const rate = secondaryFar(before.pairs, settings);
  const ones = onesFor(before.pairs);
  const measureOf = [before, after].map((judged) => measuring(judged, rate, settings)) as [Measuring, Measuring];
  const [{ f1: f1Before, ...ratesBefore }, { f1: f1After, ...ratesAfter }] = [measureOf[0](ones), measureOf[1](ones)];
  const measured = { far, before: ratesBefore, after: ratesAfter, f1: { before: f1Before, after: f1After } };
  const { person, part: parts } = before.pairs.same;
  const people = new Set(person.filter((_, i) => parts[i] === part.known)).size;
  if (people < settings.leastPeople)
    return { ...measured, verdict: 'too-little-data', reason: tooFew(people, settings.leastPeople), leastGain: 0 };

  const gains = Array.from({ length: settings.draws }, () => {
    const weights = drawPeople(ones.length, random);
    return gainOf(measureOf[0](weights), measureOf[1](weights));
  });
  const leastGain = quantile(gains, far === null ? 'f1' : 'known', settings.risk);
  const gain = gainOf({ ...ratesBefore, f1: f1Before }, { ...ratesAfter, f1: f1After });
  const worse = leastGain > 0 ? whatIsWorse(gain, gains, settings) : notSure;
  return worse === undefined
    ? { ...measured, leastGain, verdict: 'better', reason: 'On the photos kept aside it is better.' }
    : { ...measured, leastGain, verdict: 'no-better', reason: worse };
}

/** Why a head is refused that may well be better. */
export const notSure = 'On the photos kept aside it is not surely better.';

/** Why nothing is decided, and what would help. */
export function tooFew(people: number, least: number): string {
  return `Photos of ${people} ${people === 1 ? 'person' : 'people'} could be kept aside to check with; at least ${least} are needed. Name more people, with a few photos of different days each.`;
}

function onesFor({ counts }: JudgedPairs): Float64Array {
  return new Float64Array(counts[0]?.held.length ?? 0).fill(1);
}

interface Measures extends AcceptanceRates {
  readonly f1: number;
}

type Measuring = (weights: Float64Array) => Measures;

/** @returns all measures of one embedding, where each person counts so many times */
function measuring({ pairs, clustered }: Judged, far: number, { sureAccepted }: GateSettings): Measuring {
  const ones = onesFor(pairs);
  const isSure = far * comparedPairs(pairs, ones).named >= sureAccepted;
  const limits = isSure ? thresholdsAt(pairs, far, ones) : undefined;
  return (weights) => ({ ...acceptanceRates(pairs, far, weights, limits), f1: f1Of(clustered, weights) });
}

function gainOf(before: Measures, after: Measures): Measures {
  return {
    known: after.known - before.known,
    unseen: after.unseen - before.unseen,
    everybody: after.everybody - before.everybody,
    f1: after.f1 - before.f1,
  };
}

function quantile(gains: readonly Measures[], of: keyof Measures, share: number): number {
  const values = Float64Array.from(gains, (gain) => gain[of]).sort();
  return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}

function whatIsWorse(
  gain: Measures,
  gains: readonly Measures[],
  { tolerance, lossRisk }: GateSettings,
): string | undefined {
  const loses = (what: keyof Measures): boolean =>
    gain[what] < -tolerance || (gain[what] < 0 && quantile(gains, what, 1 - lossRisk) < 0);
  if (loses('unseen')) return 'People that it had not seen are recognised less well.';
  if (loses('everybody')) return 'Of everybody together fewer are recognised.';
  if (loses('f1')) return 'The groups would be less right.';
  return undefined;
}

/** How often each of so many people comes up in as many draws. */
function drawPeople(count: number, random: () => number): Float64Array {
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const drawn = Math.floor(random() * count);
    weights[drawn] = (weights[drawn] ?? 0) + 1;
  }
  return weights;
}
