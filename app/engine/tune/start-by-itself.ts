export interface StartByItselfOptions {
  /** Milliseconds to wait after the last reason to look. */
  readonly quietMs: number;
  /** Enough is new, and the user lets it. */
  readonly isWanted: () => boolean;
  readonly isBusy: () => boolean;
  readonly start: () => void;
  readonly report: (error: unknown) => void;
}

/** Starts a run when enough is new and nobody has said anything for a while; later, where the computer is busy. */
export function startByItself({ quietMs, isWanted, isBusy, start, report }: StartByItselfOptions): {
  /** There may be a reason. */
  readonly soon: () => void;
  readonly close: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const soon = (): void => {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(look, quietMs);
    timer.unref();
  };
  const look = (): void => {
    try {
      if (!isWanted()) return;
      if (isBusy()) soon();
      else start();
    } catch (error) {
      report(error);
    }
  };
  return {
    soon,
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
