import { acceptanceRates, comparedPairs, type AcceptanceRates } from './acceptance-rates.ts';
import { f1Of, type ClusteredFace } from './clustered-faces.ts';
import type { JudgedPairs } from './judged-pairs.ts';
import { part } from './split.ts';

export interface GateSettings {
  /** False accept rates, the wanted one first: the first at which enough pairs of two people are accepted is used. */
  readonly fars: readonly number[];
  /** Pairs of two people that have to be accepted at a rate for it to be measured. */
  readonly leastAccepted: number;
  /** People with held-out pairs below which nothing is decided. */
  readonly leastPeople: number;
  /** Draws of the bootstrap. */
  readonly draws: number;
  /** One-sided chance of taking a head that brings nothing. */
  readonly risk: number;
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
  const different = comparedPairs(pairs, onesFor(pairs));
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
 * are drawn, because two photos of one person are not two observations. And nothing else may be worse.
 */
export function judgeHead(before: Judged, after: Judged, settings: GateSettings, random: () => number): GateResult {
  const far = measuredFar(before.pairs, settings);
  const rate = secondaryFar(before.pairs, settings);
  const ones = onesFor(before.pairs);
  const rates = {
    before: acceptanceRates(before.pairs, rate, ones),
    after: acceptanceRates(after.pairs, rate, ones),
  };
  const f1 = { before: f1Of(before.clustered), after: f1Of(after.clustered) };
  const measured = { far, ...rates, f1 };
  const { person, part: parts } = before.pairs.same;
  const people = new Set(person.filter((_, i) => parts[i] === part.known)).size;
  if (people < settings.leastPeople)
    return { ...measured, verdict: 'too-little-data', reason: tooFew(people, settings.leastPeople), leastGain: 0 };

  const gains = Float64Array.from({ length: settings.draws }, () => {
    const weights = drawPeople(ones.length, random);
    return far === null
      ? f1Of(after.clustered, weights) - f1Of(before.clustered, weights)
      : acceptanceRates(after.pairs, far, weights).known - acceptanceRates(before.pairs, far, weights).known;
  }).sort();
  const leastGain = gains[Math.floor(settings.risk * settings.draws)] ?? 0;
  const worse = leastGain > 0 ? whatIsWorse(rates, f1) : 'On the photos kept aside it is not surely better.';
  return worse === undefined
    ? { ...measured, leastGain, verdict: 'better', reason: 'On the photos kept aside it is better.' }
    : { ...measured, leastGain, verdict: 'no-better', reason: worse };
}

/** Why nothing is decided, and what would help. */
export function tooFew(people: number, least: number): string {
  return `Photos of ${people} ${people === 1 ? 'person' : 'people'} could be kept aside to check with; at least ${least} are needed. Name more people, with a few photos of different days each.`;
}

function onesFor({ counts }: JudgedPairs): Float64Array {
  return new Float64Array(counts[0]?.held.length ?? 0).fill(1);
}

function whatIsWorse(
  { before, after }: { readonly before: AcceptanceRates; readonly after: AcceptanceRates },
  f1: GateResult['f1'],
): string | undefined {
  if (after.unseen < before.unseen) return 'People that it had not seen are recognised less well.';
  if (after.everybody < before.everybody) return 'Of everybody together fewer are recognised.';
  if (f1.after < f1.before) return 'The groups would be less right.';
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
