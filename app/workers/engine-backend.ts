import type { Backend, Output } from '../contract/api.ts';
import { unwrapReply } from '../contract/errors.ts';
import type { EngineHandle } from './start-engine.ts';

const never = new AbortController().signal;

/** The backend of a program that runs the engine itself. */
export function createEngineBackend(engine: EngineHandle): Backend {
  return {
    request: async (name, input, signal = never) =>
      unwrapReply(await engine.dispatch(name, input, signal)) as Output<typeof name>,
    on: engine.on,
  };
}
