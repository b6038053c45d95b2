import { Failure, type FailureCode } from '../../contract/errors.ts';
import { fileFailure } from '../scan/file-failure.ts';
import { settings } from '../settings.ts';

/** The library or the models cannot go on: no single file is to blame, and none is recorded as failed. */
const stopping: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'cancelled',
  'disk-full',
  'model-missing',
  'model-damaged',
  'library-damaged',
  'library-busy',
]);

/** Not the file's fault, perhaps: worth another try. */
const transient: ReadonlySet<FailureCode> = new Set<FailureCode>(['worker-died', 'model-failed', 'internal']);

/** Whether a file with this failure is to be left alone until it changes. */
export const isLasting = (code: FailureCode): boolean =>
  code === 'empty-file' ||
  code === 'not-a-picture' ||
  code === 'damaged-picture' ||
  code === 'picture-too-large' ||
  code === 'crashed-twice';

/**
 * Runs stages so that one bad photo costs no other: if a batch fails, each of its items runs alone, and those that
 * fail again are passed to `onFailed` and left out. Too many of them in a row are the program's fault.
 * `attempt` @throws {Failure} what stops the whole import
 */
export function createRetries<T>(onFailed: (item: T, failure: Failure) => void): {
  readonly attempt: <I extends T, O>(items: readonly I[], run: (items: readonly I[]) => Promise<O[]>) => Promise<O[]>;
} {
  let inARow = 0;

  const alone = async <I extends T, O>(item: I, run: (items: readonly I[]) => Promise<O[]>): Promise<O[]> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const results = await run([item]);
        inARow = 0;
        return results;
      } catch (error) {
        const failure = failureOf(error);
        if (transient.has(failure.code)) {
          if (attempt < settings.import.attempts) continue;
          if (++inARow >= settings.import.failuresInARow) throw failure;
        }
        onFailed(item, failure);
        return [];
      }
    }
  };

  return {
    attempt: async (items, run) => {
      if (items.length > 1) {
        try {
          const results = await run(items);
          inARow = 0;
          return results;
        } catch (error) {
          failureOf(error);
        }
      }
      return (await eachInTurn(items, (item) => alone(item, run))).flat();
    },
  };
}

/** @throws {Failure} at once where the failure stops everything */
function failureOf(error: unknown): Failure {
  const known = fileFailure(error);
  if (!(known instanceof Failure)) throw error;
  if (stopping.has(known.code)) throw known;
  return known;
}

async function eachInTurn<I, O>(items: readonly I[], run: (item: I) => Promise<O>): Promise<O[]> {
  const results: O[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}
