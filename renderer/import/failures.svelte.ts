import type { Backend } from '../../app/contract/api.ts';
import type { FileFailure } from '../../app/contract/model.ts';
import { Resource } from '../state/resource.svelte.ts';

const pageSize = 100;
const restMs = 1000;

/** The files that could not be read, newest pages on demand. */
export class Failures {
  readonly list: Resource<{ total: number; failures: FileFailure[] }>;
  #shown = pageSize;

  constructor(backend: Backend) {
    this.list = new Resource({
      load: (signal) => backend.request('import.failures', { offset: 0, limit: Math.min(1000, this.#shown) }, signal),
      follow: { backend, subjects: ['failures'] },
      restMs,
    });
    void this.list.refresh();
  }

  more(): Promise<void> {
    this.#shown += pageSize;
    return this.list.refresh();
  }

  close(): void {
    this.list.close();
  }
}
