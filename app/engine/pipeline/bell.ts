/** Wakes those who wait for something to have changed. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring. */
  next(): Promise<void>;
}

export function createBell(): Bell {
  let ringing = Promise.withResolvers<void>();
  return {
    ring: () => {
      ringing.resolve();
      ringing = Promise.withResolvers<void>();
    },
    next: () => ringing.promise,
  };
}
