import { Failure } from '../../app/contract/errors.ts';
import type { Backend, EventName, Events, Input, Output, RequestName } from '../../app/contract/api.ts';

type Answers = { [N in RequestName]?: (input: Input<N>) => Output<N> | Promise<Output<N>> };

export interface FakeBackend extends Backend {
  /** Every request that was made, in order. */
  readonly asked: readonly { readonly name: RequestName; readonly input: unknown }[];
  emit<N extends EventName>(name: N, payload: Events[N]): void;
}

/** A backend for controllers: answers come from functions; what has none fails as the engine would. */
export function fakeBackend(answers: Answers): FakeBackend {
  const asked: { name: RequestName; input: unknown }[] = [];
  const listeners = new Set<{ name: EventName; listener: (payload: never) => void }>();
  return {
    asked,
    request: async (name, input, signal) => {
      asked.push({ name, input });
      const answer = answers[name];
      if (!answer) throw new Failure('not-found', `no answer for ${name}`);
      const output = await answer(input);
      if (signal?.aborted) throw new Failure('cancelled', 'cancelled');
      return output;
    },
    on: (name, listener) => {
      const entry = { name, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    emit: (name, payload) => {
      for (const entry of listeners) if (entry.name === name) entry.listener(payload as never);
    },
  };
}
