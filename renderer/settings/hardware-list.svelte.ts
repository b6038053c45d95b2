import type { Backend } from '../../app/contract/api.ts';
import type { Failure } from '../../app/contract/errors.ts';
import type { Hardware } from '../../app/contract/model.ts';
import { failureOf } from '../shared/failure-words.ts';
import { Resource } from '../state/resource.svelte.ts';

/** What can run the models on this computer, followed while it is measured. */
export class HardwareList {
  readonly list: Resource<Hardware>;
  /** Why the last measurement that was asked for did not come about. */
  failure = $state.raw<Failure | null>(null);
  #asked = $state(false);
  readonly #backend: Backend;
  readonly #stop = new AbortController();

  constructor(backend: Backend) {
    this.#backend = backend;
    this.list = new Resource({
      load: (signal) => backend.request('hardware.list', {}, signal),
      follow: { backend, subjects: ['hardware'] },
      restMs: 0,
    });
    void this.list.refresh();
  }

  get measuring(): boolean {
    return this.#asked || this.list.value?.measuring === true;
  }

  async measure(): Promise<void> {
    if (this.measuring) return;
    this.#asked = true;
    this.failure = null;
    try {
      await this.#backend.request('hardware.probe', {}, this.#stop.signal);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'cancelled') this.failure = failure;
    } finally {
      this.#asked = false;
      await this.list.refresh();
    }
  }

  /** The measurement goes on: what it finds is there when the page is opened again. */
  close(): void {
    this.#stop.abort();
    this.list.close();
  }
}
