import { describe, expect, it } from 'vitest';

import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { settings } from '../../../app/engine/settings.ts';
import { identityHead } from '../../../app/engine/tune/head.ts';
import { learnHead, type Learning, type LearningStep } from '../../../app/engine/tune/learn-head.ts';
import { projectFaces } from '../../../app/engine/tune/project-faces.ts';
import { seededRandom, shuffled } from '../../../app/engine/seeded-random.ts';
import type { TrainingFaces } from '../../../app/engine/tune/training-faces.ts';
import { madeFaces } from './made-faces.ts';

const tf = await loadBackend('wasm');
const small = {
  ...settings.tune,
  training: { ...settings.tune.training, steps: 40 },
  gate: { ...settings.tune.gate, fars: [1e-3], draws: 400 },
};

function learn(faces: TrainingFaces, change: Partial<Learning> = {}) {
  return learnHead(tf, {
    faces,
    settings: small,
    from: identityHead(faces.dimensions),
    distances: { eps: 0.8, acceptance: 0.9 },
    seed: 1,
    signal: new AbortController().signal,
    ...change,
  });
}

const teachable = (): TrainingFaces => madeFaces({ people: 30, each: 6, lone: 60, dimensions: 32, spread: [1.6, 0.4] });

describe('learning a head', () => {
  it('adopts one that helps, and leaves no tensor behind', async () => {
    const tensors = tf.memory().numTensors;
    const steps: LearningStep[] = [];
    const { head, strength, result, training, leftOut } = await learn(teachable(), {
      onStep: (step) => steps.push(step),
    });
    expect(result).toMatchObject({ verdict: 'better', far: 1e-3 });
    expect(result.after.known).toBeGreaterThan(result.before.known);
    expect(settings.tune.strengths).toContain(strength);
    expect(head?.weights.every(Number.isFinite)).toBe(true);
    expect(leftOut).toBe(0);
    expect(training.steps).toHaveLength(40);
    expect(new Set(steps.map(({ round }) => round))).toEqual(new Set([1, 2, 3]));
    expect(steps.every(({ rounds }) => rounds === 3)).toBe(true);
    expect(tf.memory().numTensors).toBe(tensors);
    // People whom it has never seen are told apart better, too.
    const others = madeFaces({ people: 30, each: 4, lone: 0, dimensions: 32, spread: [1.6, 0.4], seed: 77 });
    expect(contrast(projectFaces(tf, head!, others.vectors), others)).toBeGreaterThan(contrast(others.vectors, others));
  });

  it('gives the same head for the same seed', async () => {
    const [one, again] = [await learn(teachable()), await learn(teachable())];
    expect(again.head).toEqual(one.head);
  });

  it('goes on from an adopted head', async () => {
    const first = await learn(teachable());
    const { result } = await learn(teachable(), { from: first.head!, distances: first.distances });
    expect(result.before.known).toBeGreaterThan(first.result.before.known);
  });

  it('adopts none where all labels are wrong', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const faces = madeFaces({ people: 30, each: 6, lone: 60, dimensions: 32, seed });
      const people = Int32Array.from(shuffled(faces.people.slice(0, 180), seededRandom(seed)));
      const { head, result, misnamed } = await learn(
        { ...faces, people: Int32Array.of(...people, ...faces.people.slice(180)) },
        { seed },
      );
      expect(misnamed).toBeGreaterThan(90);
      expect(result.verdict).not.toBe('better');
      expect(head).toBeNull();
    }
  });

  it('gives up after the first training where no attempt makes the loss fall, and says so', async () => {
    const still = { ...small, training: { ...small.training, margin: 0.8, rate: 1e-9, steps: 60 } };
    const rounds = new Set<number>();
    const { head, result, training } = await learn(teachable(), {
      settings: still,
      onStep: ({ round }) => rounds.add(round),
    });
    expect(head).toBeNull();
    expect(result.verdict).toBe('no-better');
    expect(result.reason).toContain('no attempt made the loss fall');
    expect(training.remedied.map(({ trouble }) => trouble)).toContain('flat');
    expect(rounds).toEqual(new Set([1]));
  });

  it('says what lacks with one person, with two faces, with none, and trains nothing', async () => {
    for (const [people, each, found] of [
      [1, 20, '1 person '],
      [1, 2, '1 person '],
      [0, 0, '0 people '],
      [7, 6, '7 people '],
    ] as const) {
      const { head, result, training } = await learn(madeFaces({ people, each, lone: 30 }));
      expect(head).toBeNull();
      expect(result.verdict).toBe('too-little-data');
      expect(result.reason).toContain(found);
      expect(result.reason).toContain('Name more people');
      expect(training.steps).toEqual([]);
    }
  });

  it('does not count people of whom all photos are of one moment', async () => {
    const faces = madeFaces({ people: 20, each: 6, lone: 10 });
    const { result } = await learn({
      ...faces,
      events: faces.people.map((person, row) => (person < 0 ? 100 + row : person)),
    });
    expect(result).toMatchObject({ verdict: 'too-little-data' });
  });

  it('leaves out faces whose numbers are none, and says how many', async () => {
    const faces = teachable();
    faces.vectors[5] = NaN;
    faces.vectors.fill(0, 320, 352);
    const { leftOut, result, head } = await learn(faces);
    expect(leftOut).toBe(2);
    expect(Number.isFinite(result.after.known)).toBe(true);
    expect(head?.weights.every(Number.isFinite)).toBe(true);
  });

  it('ends in the middle when it is cancelled, and leaves no tensor behind', async () => {
    const tensors = tf.memory().numTensors;
    const controller = new AbortController();
    const cancelled = learn(teachable(), {
      signal: controller.signal,
      onStep: ({ round, step }) => {
        if (round === 2 && step === 3) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('waits while it is paused', async () => {
    let asked = 0;
    await learn(teachable(), {
      proceed: async () => {
        asked++;
      },
    });
    expect(asked).toBeGreaterThanOrEqual(120);
  });
});

/** How much farther apart two people are than two faces of one, in mean squared distances. */
function contrast(vectors: Float32Array, { people, dimensions }: TrainingFaces): number {
  const sums = { same: 0, different: 0 };
  const counts = { same: 0, different: 0 };
  for (let i = 0; i < people.length; i++)
    for (let j = 0; j < i; j++) {
      let squared = 0;
      for (let k = 0; k < dimensions; k++)
        squared += (vectors[i * dimensions + k]! - vectors[j * dimensions + k]!) ** 2;
      const kind = people[i] === people[j] ? 'same' : 'different';
      sums[kind] += squared;
      counts[kind]++;
    }
  return sums.different / counts.different / (sums.same / counts.same);
}
