import { setTimeout as sleep } from 'node:timers/promises';

import { describeFailure, Failure } from '../../../contract/errors.ts';
import { connect } from '../../../workers/channel.ts';
import type { Spawn } from '../../../workers/spawn.ts';
import { backends, type BackendName } from './backends.ts';
import { Measures, type ProbeInput, type ProbeService } from './probe-service.ts';

/** What a try of a backend told: its measures, or why there are none, in words. */
export type Probe =
  | { readonly backend: BackendName; readonly measures: Measures; readonly problem: null }
  | { readonly backend: BackendName; readonly measures: null; readonly problem: string };

/**
 * Tries a backend in a process that is thrown away. Whatever happens there becomes a probe.
 * @param patienceMs milliseconds after which it counts as hanging
 * @throws {Failure} `cancelled`
 */
export async function probeBackend(
  spawn: Spawn,
  input: ProbeInput,
  { patienceMs, signal }: { readonly patienceMs: number; readonly signal: AbortSignal },
): Promise<Probe> {
  const { backend } = input;
  const missing = backends[backend].missing();
  if (missing !== null) return { backend, measures: null, problem: missing };
  signal.throwIfAborted();
  const worker = spawn('probe');
  const connection = connect<ProbeService>(worker.port);
  worker.onDeath((reason) => connection.fail(new Failure('worker-died', `It stopped the try: ${reason}.`)));
  const stop = (): void => connection.fail(new Failure('cancelled', 'cancelled'));
  signal.addEventListener('abort', stop, { once: true });
  const patience = new AbortController();
  const hang = async (): Promise<never> => {
    await sleep(patienceMs, undefined, { signal: patience.signal });
    throw new Failure('model-failed', `It did not come to an end within ${Math.round(patienceMs / 1000)} seconds.`);
  };
  try {
    // What another process says is parsed like anything else that crosses one.
    const measures = Measures.parse(await Promise.race([connection.remote.measure(input), hang()]));
    return { backend, measures, problem: null };
  } catch (error) {
    if (signal.aborted) throw new Failure('cancelled', 'cancelled', { cause: error });
    return { backend, measures: null, problem: describeFailure(error).message };
  } finally {
    patience.abort();
    signal.removeEventListener('abort', stop);
    await worker.close();
  }
}
