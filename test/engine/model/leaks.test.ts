import { describe, expect, it } from 'vitest';

import { leakyBackends, runBatches } from '../../../bench/models/leaks.ts';

// A short run of what `npm run bench:models leaks` does ten thousand times.
describe('hundreds of batches of changing size', () => {
  it.each(leakyBackends)('leave no tensors and hardly any memory behind on %s', { timeout: 120_000 }, (backend) => {
    const memory = runBatches(backend, 200);
    if (!memory) {
      console.info(`${backend} does not load here (npm run setup:tensorflow)`);
      return;
    }
    const { rss, tensors } = memory;
    // The runtimes keep up to 25 MB of what the largest batch needed; 200 leaked batches would be 100 MB.
    expect(rss.at(-1)! - rss[0]!).toBeLessThan(50);
    if (tensors) {
      expect(tensors[1]).toBe(tensors[0]);
      expect(tensors[2]).toBe(0);
    }
  });
});
