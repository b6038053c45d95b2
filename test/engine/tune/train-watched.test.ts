import { describe, expect, it } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { settings } from '../../../app/engine/settings.ts';
import { identityHead } from '../../../app/engine/tune/head.ts';
import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { trainWatched, type WatchOptions } from '../../../app/engine/tune/train-watched.ts';
import { madeFaces, type MadeFaces } from './made-faces.ts';

const { training, watch, remedies } = settings.tune;
const tf = await loadBackend('wasm');

function train(made: Partial<MadeFaces>, change: Partial<WatchOptions> = {}, steps = 60) {
  const faces = madeFaces({ people: 12, each: 5, lone: 20, ...made });
  return trainWatched(tf, faces, {
    settings: { training: { ...training, steps }, watch, remedies },
    from: identityHead(faces.dimensions),
    random: seededRandom(1),
    signal: new AbortController().signal,
    ...change,
  });
}

describe('a watched training', () => {
  it('that goes well is left alone', async () => {
    const { remedied, steps, head, trouble } = await train({ spread: [1.5, 0.5] });
    expect(remedied).toEqual([]);
    expect(trouble).toBeUndefined();
    expect(steps).toHaveLength(60);
    expect(head.weights.every(Number.isFinite)).toBe(true);
  });

  it('begins again with a wider margin where faces lie apart already, and says so', async () => {
    const { remedied, settings: kept } = await train({ spread: [0.01, 0.01], dimensions: 64 });
    expect(remedied[0]).toMatchObject({ trouble: 'no-triplets', step: watch.window });
    expect(remedied[0]!.words).toContain('widened');
    expect(kept.margin).toBeGreaterThan(training.margin);
    expect(kept.margin).toBeLessThanOrEqual(remedies.widestMargin);
  });

  it('goes slower and in larger batches where the loss does not fall', async () => {
    // At a rate of nothing it cannot.
    const flat = { settings: { training: { ...training, rate: 1e-9, steps: 60 }, watch, remedies } };
    const { remedied, settings: kept, trouble, steps } = await train({ spread: [1.5, 0.5] }, flat);
    expect(remedied.length).toBeGreaterThanOrEqual(1);
    expect(remedied[0]!.trouble).toBe('flat');
    expect(kept.people).toBeGreaterThan(training.people);
    expect(kept.mining).toBe('semi-hard');
    // Nor does that help: it ends early, and says what is still wrong.
    expect(trouble).toBe('flat');
    expect(steps.length).toBeLessThan(60);
  });

  it('fails in words where no attempt gives numbers', async () => {
    const from = { dimensions: 16, weights: new Float32Array(256).fill(NaN) };
    await expect(train({}, { from })).rejects.toThrow('The training gave no numbers');
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const cancelled = train(
      {},
      {
        signal: controller.signal,
        onStep: ({ step }) => {
          if (step === 3) controller.abort();
        },
      },
    );
    await expect(cancelled).rejects.toThrow(Failure);
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  });
});
