import { clusterMeasures } from '../evaluate/cluster-measures.ts';
import { acceptanceRates, differentPairs, type AcceptanceRates, type FaceCounts } from './acceptance-rates.ts';
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
  /** B-cubed F1 of the held-out faces, grouped anew. */
  readonly f1: number;
  /** For every held-out face with a person: whose it is, and what share of its group and of its person is right. */
  readonly clustered: readonly { readonly person: number; readonly precision: number; readonly recall: number }[];
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
  readonly f1: { readonly before: number; readonly after: number };
  /** What the primary measure gains at least, at the confidence asked for. */
  readonly leastGain: number;
}

/**
 * Decides whether a head is better than none. One measure decides, chosen by how much data there is and not by how it
 * comes out: the share of pairs of known people that are accepted on photos held out, or B-cubed F1 where there are too
 * few pairs. Its gain has to be above nothing with confidence 1 − risk, by a bootstrap over people (Efron 1979): people
 * are drawn, because two photos of one person are not two observations. And nothing else may be worse.
 */
export function judgeHead(
  before: Judged,
  after: Judged,
  counts: FaceCounts,
  settings: GateSettings,
  random: () => number,
): GateResult {
  const ones = new Float64Array(counts.held.length).fill(1);
  const different = differentPairs(counts, ones);
  const far = settings.fars.find((rate) => rate * different >= settings.leastAccepted) ?? null;
  // The secondary measures want a threshold in any case.
  const rate = far ?? settings.fars.at(-1) ?? 0;
  const rates = {
    before: acceptanceRates(before.pairs, counts, rate, ones),
    after: acceptanceRates(after.pairs, counts, rate, ones),
  };
  const f1 = { before: before.f1, after: after.f1 };
  const measured = { far, ...rates, f1 };
  const people = new Set(before.pairs.same.person.filter((_, i) => before.pairs.same.part[i] === part.known)).size;
  if (people < settings.leastPeople) {
    const reason = `Photos of ${people} people could be kept aside to check with; at least ${settings.leastPeople} are needed. Name more people, with a few photos each.`;
    return { ...measured, verdict: 'too-little-data', reason, leastGain: -Infinity };
  }
  const gains = Float64Array.from({ length: settings.draws }, () => {
    const weights = drawPeople(counts.held.length, random);
    return far === null
      ? drawnF1(after, weights) - drawnF1(before, weights)
      : acceptanceRates(after.pairs, counts, far, weights).known -
          acceptanceRates(before.pairs, counts, far, weights).known;
  }).sort();
  const leastGain = gains[Math.floor(settings.risk * settings.draws)] ?? -Infinity;
  const worse = whatIsWorse(rates.before, rates.after, f1);
  if (!(leastGain > 0)) {
    return {
      ...measured,
      leastGain,
      verdict: 'no-better',
      reason: 'On the photos kept aside it is not surely better.',
    };
  }
  if (worse !== undefined) return { ...measured, leastGain, verdict: 'no-better', reason: worse };
  return { ...measured, leastGain, verdict: 'better', reason: 'On the photos kept aside it is better.' };
}

function whatIsWorse(
  before: AcceptanceRates,
  after: AcceptanceRates,
  f1: { readonly before: number; readonly after: number },
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

function drawnF1({ clustered }: Judged, weights: Float64Array): number {
  let [sum, precision, recall] = [0, 0, 0];
  for (const face of clustered) {
    const weight = weights[face.person] ?? 0;
    sum += weight;
    precision += weight * face.precision;
    recall += weight * face.recall;
  }
  return (2 * precision * recall) / (precision + recall) / sum;
}

/** How right the groups of faces are, face by face. `people[i]` and `groups[i]` belong to face i. */
export function judgeGroups(people: Int32Array, groups: Int32Array): Pick<Judged, 'f1' | 'clustered'> {
  const ofPerson = Map.groupBy(people.keys(), (row) => people[row] ?? 0);
  const ofGroup = Map.groupBy(groups.keys(), (row) => groups[row] ?? 0);
  const clustered = Array.from(people, (person, row) => {
    const mates = ofGroup.get(groups[row] ?? 0) ?? [];
    const right = mates.filter((mate) => people[mate] === person).length;
    return { person, precision: right / mates.length, recall: right / (ofPerson.get(person)?.length ?? 1) };
  });
  return { f1: clusterMeasures(people, groups).bcubed.f1, clustered };
}
