/** Wakes those who wait for something to have changed. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves at the next ring. */
  readonly next: () => Promise<void>;
}

export function createBell(): Bell {
  let ringing: PromiseWithResolvers<void> = Promise.withResolvers();
  return {
    ring: () => {
      ringing.resolve();
      ringing = Promise.withResolvers();
    },
    next: () => ringing.promise,
  };
}
