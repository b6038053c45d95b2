import { events, type Backend, type EventName } from './api.ts';

type Listener = (payload: never) => void;

export interface EventListeners {
  readonly on: Backend['on'];
  /** Parses an event that came from another process and hands it to its listeners; others are dropped. */
  readonly deliver: (name: string, payload: unknown) => void;
}

/** The listeners of one backend, by event. */
export function createEventListeners(): EventListeners {
  const byName = new Map<string, Set<Listener>>();
  return {
    on: (name, listener) => {
      const listeners = byName.get(name) ?? new Set<Listener>();
      byName.set(name, listeners.add(listener));
      return () => listeners.delete(listener);
    },
    deliver: (name, payload) => {
      const listeners = byName.get(name);
      if (!listeners || !Object.hasOwn(events, name)) return;
      const parsed = events[name as EventName].safeParse(payload);
      if (parsed.success) for (const listener of [...listeners]) listener(parsed.data as never);
    },
  };
}
