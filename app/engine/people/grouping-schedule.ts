import { describeFailure } from '../../contract/errors.ts';
import type { EngineContext } from '../context.ts';
import { settings } from '../settings.ts';
import type { IndexFeed } from './index-feed.ts';

/** When the library is grouped anew. Runs follow one another, never side by side. */
export interface GroupingSchedule {
  /** Groups now, after a run that is on. */
  run(signal: AbortSignal): Promise<void>;
  /** Resolves when the index holds every face, after a run that is on. */
  whole(): Promise<void>;
  /** Faces have come: groups in the background when they are many more than at the last run. */
  grown(): void;
  /** The index should hold other faces than before. */
  realign(): void;
  /** The distances to group by have changed: groups at once. */
  anew(): void;
  /** The user said something: groups soon after the last word. */
  soon(): void;
  /** Deletes the index, which is filled again in the background. */
  clearIndex(): Promise<void>;
  /** Groups, and saves the index. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const { growth, growthFloor, afterWordMs, restFactor } = settings.cluster;

export function createGroupingSchedule(
  context: EngineContext,
  feed: IndexFeed,
  countFaces: () => number,
  group: (signal: AbortSignal) => Promise<void>,
): GroupingSchedule {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = false;
  let aligned = false;
  let grouped = 0;
  let timer: NodeJS.Timeout | undefined;
  /** Milliseconds the last run took. */
  let lastMs = 0;

  const queue = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const run = (signal: AbortSignal): Promise<void> =>
    queue(async () => {
      clearTimeout(timer);
      const count = countFaces();
      const start = performance.now();
      await group(AbortSignal.any([signal, context.closing]));
      lastMs = performance.now() - start;
      grouped = count;
    });
  const runAndSave = async (): Promise<void> => {
    await run(context.closing);
    await queue(() => feed.save());
  };
  /** Nobody waits for these: what goes wrong is told to the user. */
  const inBackground = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      const { code, message } = describeFailure(error);
      if (code !== 'cancelled' && !context.closing.aborted) {
        context.emit('notice', { message: `The faces could not be grouped: ${message}` });
      }
    });
  };

  const realign = (): void => inBackground(queue(() => feed.inStep()));

  return {
    run,
    whole: () => queue(() => feed.inStep()),
    grown: () => {
      // After a crash the index may lack faces of former runs.
      if (!aligned) inBackground(queue(() => feed.inStep()));
      aligned = true;
      const count = countFaces();
      if (waiting || count - grouped < Math.max(growthFloor, grouped * growth)) return;
      waiting = true;
      inBackground(runAndSave().finally(() => (waiting = false)));
    },
    realign,
    anew: () => inBackground(run(context.closing).then(() => context.changed('tuning'))),
    soon: () => {
      clearTimeout(timer);
      timer = setTimeout(() => inBackground(run(context.closing)), Math.max(afterWordMs, restFactor * lastMs));
    },
    clearIndex: async () => {
      await queue(async () => feed.clear());
      realign();
    },
    finish: async () => {
      if (countFaces() > 0) await runAndSave();
    },
    close: async () => {
      clearTimeout(timer);
      await last;
      await feed.save();
    },
  };
}
