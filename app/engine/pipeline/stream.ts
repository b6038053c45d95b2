/**
 * Streams with a bound on what is in flight. Order is kept throughout, so that the same input gives the same ids.
 */

/**
 * Runs `run` on the items of `source`, at most `limit` of them running or waiting to be taken, and gives the results
 * in order. The first error ends the stream; what runs then is left to end by itself.
 */
export async function* inParallel<I, O>(
  source: AsyncIterable<I>,
  limit: number,
  run: (item: I) => Promise<O>,
): AsyncGenerator<O> {
  const backlog = createBacklog<Promise<O>>(limit);
  const pump = async (): Promise<void> => {
    try {
      for await (const item of source) {
        const result = run(item);
        // Looked at below, in its turn; until then its failure is nobody's surprise.
        result.catch(() => undefined);
        if (!(await backlog.put(result))) return;
      }
      backlog.end();
    } catch (error) {
      backlog.end(error);
    }
  };
  const pumping = pump();
  try {
    for (;;) {
      const next = await backlog.peek();
      if (!next) break;
      yield await next.item;
      backlog.drop();
    }
  } finally {
    backlog.end();
    await pumping;
  }
}

/**
 * Gathers items until their weights add up to `weight`, there are `count` of them, or `waitMs` have passed since the
 * first.
 */
export async function* inBatches<I>(
  source: AsyncIterable<I>,
  limits: { readonly count: number; readonly weight: number; readonly waitMs: number },
  weigh: (item: I) => number,
): AsyncGenerator<I[]> {
  const iterator = source[Symbol.asyncIterator]();
  let batch: I[] = [];
  let weight = 0;
  let next = iterator.next();
  try {
    for (;;) {
      const arrived = batch.length === 0 ? await next : await within(next, limits.waitMs);
      if (arrived?.done) break;
      if (arrived) {
        batch.push(arrived.value);
        weight += weigh(arrived.value);
        next = iterator.next();
        // Looked at in the next round.
        next.catch(() => undefined);
      }
      if (!arrived || batch.length >= limits.count || weight >= limits.weight) {
        yield batch;
        [batch, weight] = [[], 0];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    await iterator.return?.();
  }
}

/** The items of batches, one by one. */
export async function* flat<I>(batches: AsyncIterable<readonly I[]>): AsyncGenerator<I> {
  for await (const batch of batches) yield* batch;
}

/** Null when `ms` pass first. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

interface Backlog<T> {
  /** Waits for room; false once the backlog has ended. */
  put(item: T): Promise<boolean>;
  /** Waits for the oldest item, undefined at the end. @throws what `end` was given, after the items before it */
  peek(): Promise<{ readonly item: T } | undefined>;
  drop(): void;
  end(error?: unknown): void;
}

function createBacklog<T>(limit: number): Backlog<T> {
  const items: { readonly item: T }[] = [];
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      const others = wake;
      wake = () => {
        others();
        resolve();
      };
    });
  const changed = (): void => {
    const woken = wake;
    wake = () => undefined;
    woken();
  };
  return {
    put: async (item) => {
      items.push({ item });
      changed();
      while (items.length >= limit && !ended) await change();
      return !ended;
    },
    peek: async () => {
      while (items.length === 0 && !ended) await change();
      if (items[0]) return items[0];
      if (failure) throw failure.error;
      return undefined;
    },
    drop: () => {
      items.shift();
      changed();
    },
    end: (error) => {
      ended = true;
      if (error !== undefined) failure ??= { error };
      changed();
    },
  };
}
