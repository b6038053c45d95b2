import type { Backend, Output } from '../contract/api.ts';
import { Failure } from '../contract/errors.ts';
import type { TuningRun } from '../contract/tuning.ts';
import type { Cli } from './cli.ts';

/**
 * Waits until no run is on, and shows on a terminal how far it is. Ctrl-C cancels the run.
 * @throws {Failure} `cancelled`
 */
export async function followTuning(
  backend: Backend,
  { signal, stderr }: Pick<Cli, 'signal' | 'stderr'>,
): Promise<Output<'tune.state'>> {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const watch = (run: TuningRun | null): void => {
    if (run === null) resolve(undefined);
    else if (stderr.isTTY) stderr.write(`\r\u001b[2K${describeRun(run).slice(0, stderr.columns - 1)}`);
  };
  const stopListening = backend.on('tuning', ({ run }) => watch(run));
  const stop = (): void => resolve(undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    watch((await backend.request('tune.state', {}, signal)).run);
    await over;
    if (signal.aborted) {
      await backend.request('tune.cancel', {});
      throw new Failure('cancelled', 'stopped; nothing of it was kept');
    }
    return await backend.request('tune.state', {});
  } finally {
    stopListening();
    signal.removeEventListener('abort', stop);
    if (stderr.isTTY) stderr.write('\r\u001b[2K');
  }
}

/** One line for a run. */
function describeRun({ state, step, steps, points }: TuningRun): string {
  const words = {
    gathering: 'gathers faces',
    training: 'learns',
    judging: 'checks on photos kept aside',
    paused: 'paused',
    adopting: 'groups the faces anew',
  }[state];
  const last = points.at(-1);
  const loss = last ? ` · loss ${last.loss.toFixed(4)} · ${Math.round(100 * last.active)} % active` : '';
  return steps > 0 ? `${words} · step ${step} of ${steps}${loss}` : words;
}
