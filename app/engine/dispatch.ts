import { isRequestName, requests, type Dispatch, type Handlers, type RequestName } from '../contract/api.ts';
import { describeFailure, Failure } from '../contract/errors.ts';
import { sqlFailure } from './db/open.ts';

/**
 * The one door of the engine. A request is parsed by the contract's schema, handed to its handler, and
 * whatever happens becomes an envelope. A bug is passed to `report` with its stack.
 */
export function createDispatch(handlers: Handlers, report: (request: string, error: unknown) => void): Dispatch {
  const run = (name: RequestName, input: unknown, signal: AbortSignal): unknown => {
    const parsed = requests[name].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new Failure('bad-request', `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'not understood'}`);
    }
    // The schema of the same name made the input: the types cannot say so.
    return handlers[name](parsed.data as never, signal);
  };
  return async (name, input, signal) => {
    try {
      if (!isRequestName(name)) throw new Failure('bad-request', `no request is called ${name.slice(0, 100)}`);
      return { ok: true, value: await run(name, input, signal) };
    } catch (thrown) {
      const error = sqlFailure(thrown);
      const failure = describeFailure(error);
      if (failure.code === 'internal') report(name, error);
      return { ok: false, error: failure };
    }
  };
}
