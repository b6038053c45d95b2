import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';

/** Milliseconds after which new faces, questions and a cancel get their turn. */
const longestBlock = 50;

/** For long work in the index thread. */
export interface Pause {
  /** Whether it is time for `rest`. */
  readonly isDue: boolean;
  /**
   * Lets everything that waits have its turn.
   * @throws {Failure} `cancelled`
   */
  rest(): Promise<void>;
}

export function createPause(signal: AbortSignal): Pause {
  let next = performance.now() + longestBlock;
  return {
    get isDue() {
      return performance.now() >= next;
    },
    rest: async () => {
      await setImmediate();
      if (signal.aborted) throw new Failure('cancelled', 'cancelled');
      next = performance.now() + longestBlock;
    },
  };
}
