import { describe, expect, it } from 'vitest';

import { chooseByGroups, chooseStrength, isHopeless } from '../../../app/engine/tune/choose-strength.ts';
import { judgeHead, type GateSettings, type Judged } from '../../../app/engine/tune/gate.ts';
import type { JudgedPairs } from '../../../app/engine/tune/judged-pairs.ts';
import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { part } from '../../../app/engine/tune/split.ts';

const settings: GateSettings = {
  fars: [1e-4],
  leastAccepted: 10,
  sureAccepted: 100,
  leastPeople: 8,
  draws: 400,
  risk: 0.005,
  tolerance: 0.005,
  lossRisk: 0.05,
};
const persons = 400;

/**
 * Every person has four faces held out and six in the training; `near` gives the squared distance of each pair, and so many
 * `strangers` have somebody nearer than any of them.
 */
function judged(near: (person: number, pair: number) => number, f1 = 0.9, strangers = 0): Judged {
  const random = seededRandom(9);
  const each = 10;
  const count = persons * each;
  const person = Int32Array.from({ length: count }, (_, i) => Math.floor(i / each));
  // Every fourth person was never seen.
  const parts = Uint8Array.from(person, (who) => (who % 4 === 0 ? part.unseen : part.known));
  const squared = Float32Array.from(person, (who, i) => near(who, i));
  const order = [...squared.keys()].sort((a, b) => squared[a]! - squared[b]!);
  // Hundreds of pairs of two people are accepted at a rate of 1e-4, up to a squared distance of about 1.
  const different = [
    ...new Array<number>(strangers).fill(0.2),
    ...Array.from({ length: 2000 }, (_, i) => 0.5 + i * 0.0005),
  ];
  const who = different.map(() => Math.floor(persons * random()));
  const pairs: JudgedPairs = {
    same: {
      squared: Float32Array.from(order, (i) => squared[i]!),
      person: Int32Array.from(order, (i) => person[i]!),
      part: Uint8Array.from(order, (i) => parts[i]!),
      weight: new Float32Array(count).fill(1),
      first: Int32Array.from(order),
      second: Int32Array.from(order),
    },
    different: {
      squared: Float32Array.from(different),
      one: Int32Array.from(who),
      other: Int32Array.from(who, (one) => (one + 1) % persons),
      first: new Int32Array(who.length),
      second: new Int32Array(who.length),
      unnamed: Uint8Array.from(who, (_, i) => Number(i < strangers)),
    },
    presumed: 50,
    bulk: { mean: 1.9, reach: 0.2 },
    counts: [
      {
        held: new Float64Array(persons).fill(4),
        training: new Float64Array(persons).fill(6),
        unnamed: new Uint8Array(persons),
      },
    ],
  };
  const clustered = Array.from({ length: persons }, (_, one) => ({ person: one, precision: f1, recall: f1 }));
  return { pairs, clustered };
}

const noise = (seed: number, share: number) => {
  const random = seededRandom(seed);
  return () => (random() < share ? 0.3 : 1.6);
};
const judge = (before: Judged, after: Judged, change: Partial<GateSettings> = {}) =>
  judgeHead(before, after, { ...settings, ...change }, seededRandom(1));

describe('the gate', () => {
  it('lets a head pass that is surely better', () => {
    const result = judge(judged(noise(1, 0.8)), judged(noise(1, 0.9)));
    expect(result).toMatchObject({ verdict: 'better', far: 1e-4 });
    expect(result.leastGain).toBeGreaterThan(0);
    expect(result.leastGain).toBeLessThan(result.after.known - result.before.known);
  });

  it('refuses one whose gain is within chance', () => {
    // Of ten pairs each, a fifth of the people gains two, as many lose two, and the others one gains one.
    const accepted = (person: number): number => (person === 9 ? 9 : [10, 6, 8, 8, 8][Math.floor(person / 4) % 5]!);
    const near = (of: (person: number) => number) => (person: number, pair: number) =>
      pair % 10 < of(person) ? 0.3 : 1.6;
    const result = judge(judged(near(() => 8)), judged(near(accepted)));
    expect(result.after.known).toBeGreaterThan(result.before.known);
    expect(result).toMatchObject({ verdict: 'no-better', reason: 'On the photos kept aside it is not surely better.' });
    expect(result.leastGain).toBeLessThan(0);
  });

  it('refuses one by which people it had not seen lose', () => {
    const [known, unseen] = [noise(1, 0.95), noise(1, 0.5)];
    const result = judge(
      judged(noise(1, 0.8)),
      judged((person) => (person % 4 === 0 ? unseen() : known())),
    );
    expect(result.verdict).toBe('no-better');
    expect(result.reason).toContain('had not seen');
  });

  it('refuses one that draws strangers together, but for those who may be one person', () => {
    const [before, after] = [noise(1, 0.8), noise(1, 0.95)];
    expect(judge(judged(before, 0.9, 50), judged(after, 0.9, 100)).verdict).toBe('better');
    expect(judge(judged(before, 0.9, 50), judged(after, 0.9, 2000))).toMatchObject({
      verdict: 'no-better',
      reason: 'Of everybody together fewer are recognised.',
    });
  });

  it('refuses one with worse groups', () => {
    const result = judge(judged(noise(1, 0.8), 0.9), judged(noise(1, 0.95), 0.89));
    expect(result).toMatchObject({ verdict: 'no-better', reason: 'The groups would be less right.' });
  });

  it('decides nothing with too few people, and says how many are needed', () => {
    const result = judge(judged(noise(1, 0.8)), judged(noise(1, 0.95)), { leastPeople: 301 });
    expect(result.verdict).toBe('too-little-data');
    expect(result.reason).toContain('Photos of 300 people');
    expect(result.reason).toContain('at least 301 are needed');
  });

  it('decides by the groups where too few pairs of two people are accepted', () => {
    const few = { leastAccepted: 1e6 };
    const better = judge(judged(noise(1, 0.8), 0.9), judged(noise(1, 0.8), 0.95), few);
    expect(better).toMatchObject({ verdict: 'better', far: null });
    expect(better.leastGain).toBeCloseTo(0.05, 6);
    expect(judge(judged(noise(1, 0.8), 0.9), judged(noise(1, 0.95), 0.9), few).verdict).toBe('no-better');
  });
});

describe('the strength', () => {
  const before = judged(noise(1, 0.8)).pairs;
  const groups = (...f1s: number[]) => ({
    clustered: (place = -1) => judged(noise(1, 0.8), f1s[place + 1]).clustered,
  });
  const fold = (...shares: number[]) => ({
    before,
    after: shares.map((share) => judged(noise(1, share)).pairs),
    ...groups(),
  });

  it('is the one at which most pairs are accepted', () => {
    expect(chooseStrength([fold(0.85, 0.95, 0.9)], 1e-4, 0.005)).toBe(1);
    expect(chooseStrength([fold(0.95, 0.85), fold(0.7, 0.85)], 1e-4, 0.005)).toBe(1);
  });

  it('is the one with the best groups where hardly a pair is accepted, and none where all are worse', () => {
    expect(chooseByGroups([groups(0.8, 0.9, 0.85)], 2)).toBe(0);
    expect(chooseByGroups([groups(0.8, 0.9, 0.85), groups(0.8, 0.7, 0.85)], 2)).toBe(1);
    expect(chooseByGroups([groups(0.8, 0.7, 0.75)], 2)).toBeUndefined();
  });

  it('is none where all lose', () => {
    expect(chooseStrength([fold(0.75, 0.7)], 1e-4, 0.005)).toBeUndefined();
    expect(isHopeless([fold(0.75, 0.7)], 1e-4)).toBe(true);
    expect(isHopeless([fold(0.75, 0.85)], 1e-4)).toBe(false);
  });

  it('is none at which people never seen lose', () => {
    const [known, unseen] = [noise(1, 0.95), noise(1, 0.5)];
    const after = judged((person) => (person % 4 === 0 ? unseen() : known())).pairs;
    expect(chooseStrength([{ before, after: [after], ...groups() }], 1e-4, 0.005)).toBeUndefined();
    expect(isHopeless([{ before, after: [after] }], 1e-4)).toBe(false);
  });

  it('is none at which the groups lose, however many pairs are accepted', () => {
    const better = fold(0.95, 0.9, 0.85);
    expect(chooseStrength([{ ...better, ...groups(0.9, 0.85, 0.9, 0.95) }], 1e-4, 0.005)).toBe(1);
    expect(chooseStrength([{ ...better, ...groups(0.9, 0.85, 0.8, 0.7) }], 1e-4, 0.005)).toBeUndefined();
  });

  it('is the one at which all gain most in sum: a hair more for the known is not worth worse groups', () => {
    const folds = [{ ...fold(0.91, 0.9), ...groups(0.8, 0.81, 0.85) }];
    expect(chooseStrength([fold(0.91, 0.9)], 1e-4, 0.005)).toBe(0);
    expect(chooseStrength(folds, 1e-4, 0.005)).toBe(1);
  });

  it('is no other for a loss within the tolerance', () => {
    expect(chooseStrength([{ ...fold(0.95, 0.85), ...groups(0.9, 0.898, 0.9) }], 1e-4, 0.005)).toBe(0);
    expect(chooseStrength([{ ...fold(0.95, 0.85), ...groups(0.9, 0.89, 0.9) }], 1e-4, 0.005)).toBe(1);
  });
});
