import type { Backend, Events } from '../../app/contract/api.ts';
import type { Failure } from '../../app/contract/errors.ts';
import { failureOf } from '../shared/failure-words.ts';

type Subject = Events['changed']['subjects'][number];

export interface ResourceOptions<T> {
  readonly load: (signal: AbortSignal) => Promise<T>;
  /** Changes after which it is asked for again, and from where they are heard. */
  readonly follow?: { readonly backend: Backend; readonly subjects: readonly Subject[] };
  /** Milliseconds at least between two loads that changes ask for. */
  readonly restMs?: number;
}

/** Something asked of the engine, kept up to date until `close`. What is there stays while the next one loads. */
export class Resource<T> {
  value = $state.raw<T | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly #options: ResourceOptions<T>;
  readonly #stopFollowing: (() => void) | undefined;
  #loading: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loadedAt = -Infinity;
  #closed = false;

  constructor(options: ResourceOptions<T>) {
    this.#options = options;
    const { follow } = options;
    this.#stopFollowing = follow?.backend.on('changed', ({ subjects }) => {
      // What the user did is seen at once, what an import does after a rest.
      if (!subjects.some((subject) => follow.subjects.includes(subject))) return;
      if (subjects.includes('history')) void this.refresh();
      else this.#refreshSoon();
    });
  }

  /** Asks again; the newest call wins. Failures are kept in `failure`, not thrown. */
  async refresh(): Promise<void> {
    this.#loading?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const loading = new AbortController();
    this.#loading = loading;
    this.#loadedAt = performance.now();
    try {
      const value = await this.#options.load(loading.signal);
      if (loading.signal.aborted) return;
      this.value = value;
      this.failure = null;
    } catch (error) {
      if (!loading.signal.aborted) this.failure = failureOf(error);
    } finally {
      if (this.#loading === loading) this.#loading = undefined;
    }
  }

  close(): void {
    this.#closed = true;
    this.#stopFollowing?.();
    this.#loading?.abort();
    clearTimeout(this.#timer);
  }

  #refreshSoon(): void {
    if (this.#closed || this.#timer !== undefined) return;
    const rest = this.#loadedAt + (this.#options.restMs ?? 0) - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        // A load that takes longer than the rest is let finish, or a busy import would starve it.
        if (this.#loading) this.#refreshSoon();
        else void this.refresh();
      },
      Math.max(this.#loading ? 50 : 0, rest),
    );
  }
}
