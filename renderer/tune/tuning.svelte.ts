import { createContext } from 'svelte';

import type { Backend } from '../../app/contract/api.ts';
import type { HeadId } from '../../app/contract/ids.ts';
import type { HeadVersion, TuningRun, TuningState } from '../../app/contract/tuning.ts';
import { Resource } from '../state/resource.svelte.ts';
import type { Toasts } from '../state/toasts.svelte.ts';
import { messages } from './messages.ts';
import type { Asked } from './training-draft.svelte.ts';

/** What the library has learnt from the user, and is learning. It outlives the page, so that the rail can tell of it. */
export class Tuning {
  readonly state: Resource<TuningState>;
  /** Between a click and the answer to it. */
  busy = $state(false);
  /** The newer word of an event; undefined: what was last asked for holds. */
  #live = $state.raw<TuningRun | null | undefined>(undefined);
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #stop: () => void;

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
    this.state = new Resource({
      load: async (signal) => {
        const state = await backend.request('tune.state', {}, signal);
        this.#live = undefined;
        return state;
      },
      // What is there to learn from changes with every correction.
      follow: { backend, subjects: ['tuning', 'people'] },
      restMs: 1000,
    });
    this.#stop = backend.on('tuning', ({ run }) => {
      this.#live = run;
      if (run === null) void this.state.refresh();
    });
  }

  get run(): TuningRun | null {
    return this.#live === undefined ? (this.state.value?.run ?? null) : this.#live;
  }

  get heads(): readonly HeadVersion[] {
    return this.state.value?.heads ?? [];
  }

  /** The version that the library is compared by; null: by the model alone. */
  get active(): HeadVersion | null {
    return this.heads.find(({ active }) => active) ?? null;
  }

  /** The version that the user has to decide about. */
  get waiting(): HeadVersion | null {
    return this.heads.find(({ state, usable }) => state === 'waiting' && usable) ?? null;
  }

  /** Of the last run, where that led to nothing that can be used. */
  get refused(): HeadVersion | null {
    const [newest] = this.heads;
    return newest?.state === 'refused' ? newest : null;
  }

  start = (settings: Asked): Promise<boolean> => this.#ask(() => this.#backend.request('tune.start', { settings }));
  pause = (): Promise<boolean> => this.#ask(() => this.#backend.request('tune.pause', {}));
  resume = (): Promise<boolean> => this.#ask(() => this.#backend.request('tune.resume', {}));
  cancel = (): Promise<boolean> => this.#ask(() => this.#backend.request('tune.cancel', {}));
  automatic = (on: boolean): Promise<boolean> => this.#ask(() => this.#backend.request('tune.automatic', { on }));

  /** Compares by this version from now on, and offers the way back. */
  async use(head: HeadId | null): Promise<void> {
    const before = this.active?.id ?? null;
    if (!(await this.#ask(() => this.#backend.request('tune.use', { head })))) return;
    this.#toasts.show('change', messages.used(this.active), {
      label: messages.undo,
      run: () => void this.use(before),
    });
  }

  async decline(head: HeadId): Promise<void> {
    if (await this.#ask(() => this.#backend.request('tune.decline', { head })))
      this.#toasts.show('note', messages.declined);
  }

  close(): void {
    this.#stop();
    this.state.close();
  }

  /** One at a time; answers whether it was done. A failure is told in a toast. */
  async #ask(request: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      await request();
      return true;
    } catch (error) {
      this.#toasts.fail(error);
      return false;
    } finally {
      await this.state.refresh();
      this.busy = false;
    }
  }
}

export const [useTuning, provideTuning] = createContext<Tuning>();
