import { describe, expect, it } from 'vitest';

import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { acceptanceRates, comparedPairs } from '../../../app/engine/tune/acceptance-rates.ts';
import { judgePairs } from '../../../app/engine/tune/judge-pairs.ts';
import { personIds, poolPairs, rescaled } from '../../../app/engine/tune/judged-pairs.ts';
import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { part, splitFaces } from '../../../app/engine/tune/split.ts';
import type { TrainingFaces } from '../../../app/engine/tune/training-faces.ts';
import { madeFaces } from './made-faces.ts';

const tf = await loadBackend('wasm');

/** The definition, pair by pair. */
function ratesByDefinition(
  faces: TrainingFaces,
  parts: Uint8Array,
  far: number,
  weights: Float64Array,
  presumed: number,
) {
  const owner = personIds(faces.people);
  const { dimensions, vectors } = faces;
  const named = (row: number): boolean => faces.people[row]! >= 0 && faces.trust[row] === 1;
  const same: { squared: number; person: number; which: number }[] = [];
  const different: { squared: number; weight: number; unnamed: boolean }[] = [];
  for (let i = 0; i < owner.length; i++)
    for (let j = 0; j < i; j++) {
      if (parts[i] === part.training && parts[j] === part.training) continue;
      let squared = 0;
      for (let k = 0; k < dimensions; k++)
        squared += (vectors[i * dimensions + k]! - vectors[j * dimensions + k]!) ** 2;
      if (owner[i] === owner[j]) same.push({ squared, person: owner[i]!, which: Math.max(parts[i]!, parts[j]!) });
      else
        different.push({
          squared,
          weight: weights[owner[i]!]! * weights[owner[j]!]!,
          unnamed: !named(i) && !named(j),
        });
    }
  different.sort((a, b) => a.squared - b.squared);
  const sum = (pairs: typeof different): number => pairs.reduce((total, { weight }) => total + weight, 0);
  const ofNamed = different.filter(({ unnamed }) => !unnamed);
  const accepted = (limit: number): number =>
    sum(ofNamed.filter(({ squared }) => squared <= limit)) +
    Math.max(0, sum(different.filter(({ squared, unnamed }) => unnamed && squared <= limit)) - presumed);
  const limitOf = (pairs: typeof different, isWithin: (limit: number) => boolean): number =>
    pairs.slice(0, 400).findLast(({ squared }) => isWithin(squared))?.squared ?? -1;
  const limits = {
    named: limitOf(ofNamed, (limit) => sum(ofNamed.filter(({ squared }) => squared <= limit)) <= far * sum(ofNamed)),
    all: limitOf(different, (limit) => accepted(limit) <= far * sum(different)),
  };
  const rate = (limit: number, ...which: number[]): number => {
    let [taken, total] = [0, 0];
    for (const [person, own] of Map.groupBy(same, (pair) => pair.person)) {
      const held = [...owner.keys()].filter((row) => owner[row] === person && parts[row] !== part.training).length;
      const weight = (weights[person]! * held) / own.length;
      for (const pair of own.filter((one) => which.includes(one.which))) {
        total += weight;
        if (pair.squared <= limit + 1e-6) taken += weight;
      }
    }
    return taken / total;
  };
  return {
    compared: sum(ofNamed),
    known: rate(limits.named, part.known),
    unseen: rate(limits.named, part.unseen),
    everybody: rate(limits.all, 1, 2, 3),
  };
}

function mixedFaces(seed: number): TrainingFaces {
  const faces = madeFaces({ people: 14, each: 5, lone: 12, seed });
  return { ...faces, trust: faces.trust.map((_, row) => (faces.people[row]! >= 10 ? 0.5 : 1)) };
}

describe('acceptance rates', () => {
  it('are those of the definition, whatever the weights of the people', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const faces = mixedFaces(seed);
      const random = seededRandom(seed);
      const parts = splitFaces(faces, { folds: 3, unseen: 0.3 }, random)[0]!;
      const pairs = judgePairs(tf, faces.vectors, faces, parts);
      const persons = pairs.counts[0]!.held.length;
      for (const weights of [
        new Float64Array(persons).fill(1),
        Float64Array.from({ length: persons }, () => Math.floor(3 * random())),
      ]) {
        // The nearest pairs are kept up to two deviations below the mean: about 2 % of them.
        const expected = ratesByDefinition(faces, parts, 0.004, weights, pairs.presumed);
        expect(comparedPairs(pairs, weights).named).toBeCloseTo(expected.compared, 6);
        const { known, unseen, everybody } = acceptanceRates(pairs, 0.004, weights);
        expect([known, unseen, everybody]).toEqual(
          [expected.known, expected.unseen, expected.everybody].map((rate) => expect.closeTo(rate, 4) as unknown),
        );
      }
    }
  });

  it('of pairs pooled with themselves are the same again', () => {
    const faces = mixedFaces(2);
    const parts = splitFaces(faces, { folds: 3, unseen: 0.3 }, seededRandom(1))[0]!;
    const pairs = judgePairs(tf, faces.vectors, faces, parts);
    const ones = new Float64Array(pairs.counts[0]!.held.length).fill(1);
    const twice = acceptanceRates(poolPairs([pairs, pairs]), 0.01, ones);
    const once = acceptanceRates(pairs, 0.01, ones);
    expect([twice.known, twice.unseen]).toEqual([expect.closeTo(once.known, 5), expect.closeTo(once.unseen, 5)]);
  });

  it('do not change when all distances are stretched to another bulk', () => {
    const faces = mixedFaces(3);
    const parts = splitFaces(faces, { folds: 3, unseen: 0.3 }, seededRandom(1))[0]!;
    const pairs = judgePairs(tf, faces.vectors, faces, parts);
    const ones = new Float64Array(pairs.counts[0]!.held.length).fill(1);
    const moved = rescaled(pairs, { mean: pairs.bulk.mean + 0.5, reach: pairs.bulk.reach / 2 });
    expect(acceptanceRates(moved, 0.01, ones)).toEqual(acceptanceRates(pairs, 0.01, ones));
    expect(moved.bulk.mean).toBe(pairs.bulk.mean + 0.5);
  });

  it('leave no tensor behind', () => {
    const tensors = tf.memory().numTensors;
    const faces = mixedFaces(1);
    judgePairs(tf, faces.vectors, faces, splitFaces(faces, { folds: 2, unseen: 0 }, seededRandom(1))[0]!);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
