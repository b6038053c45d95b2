import type { Backend } from '../../app/contract/api.ts';
import type { Job } from '../../app/contract/model.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The work the engine has in hand. */
export class Jobs {
  all = $state.raw<readonly Job[]>([]);
  /** The one that the bar shows: an import before a grouping. */
  readonly current = $derived.by(() => {
    const open = this.all.filter(({ state }) => state === 'running' || state === 'paused' || state === 'failed');
    return open.find(({ kind }) => kind === 'import') ?? open[0] ?? null;
  });
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #stop: () => void;

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
    this.#stop = backend.on('jobs', (jobs) => {
      this.all = jobs;
    });
  }

  async load(): Promise<void> {
    await this.#ask(async () => {
      this.all = await this.#backend.request('jobs.list', {});
    });
  }

  pause = (): Promise<void> => this.#ask(() => this.#backend.request('import.pause', {}));
  resume = (): Promise<void> => this.#ask(() => this.#backend.request('import.resume', {}));
  cancel = (): Promise<void> => this.#ask(() => this.#backend.request('import.cancel', {}));

  /** Reads failed files again: those named, or all. */
  retry = (paths?: string[]): Promise<void> =>
    this.#ask(() => this.#backend.request('import.retry', paths ? { paths } : {}));

  close(): void {
    this.#stop();
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
    } catch (error) {
      this.#toasts.fail(error);
    }
  }
}
