import type { Backend, Output } from '../../app/contract/api.ts';
import type { Failure } from '../../app/contract/errors.ts';
import { failureOf } from '../shared/failure-words.ts';

/** Walks the folders of the computer where a page has no dialog of the system for it. */
export class FolderPicker {
  here = $state.raw<Output<'folders.browse'> | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly #backend: Backend;
  #asking: AbortController | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
    void this.open(null);
  }

  /** @param path null: where to begin */
  async open(path: string | null): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const here = await this.#backend.request('folders.browse', { path }, asking.signal);
      if (asking.signal.aborted) return;
      this.here = here;
      this.failure = null;
    } catch (error) {
      // The folder shown stays: from there another can be chosen.
      if (!asking.signal.aborted) this.failure = failureOf(error);
    }
  }

  close(): void {
    this.#asking?.abort();
  }
}
