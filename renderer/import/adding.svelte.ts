import { createContext } from 'svelte';

import type { Added, Host, LooseFile } from '../backend/host.ts';
import type { Toasts } from '../state/toasts.svelte.ts';
import { messages } from './messages.ts';
import { isPictureName } from './picture-names.ts';

/** Files sent at once: one is on its way while the other is written. */
const lanes = 2;
/** Files after which those that have arrived are given to the import, so that it starts before the last one. */
const handOver = 40;

/** Brings what was dropped or picked into the import, files without a path by way of the library's inbox. */
export class Adding {
  sent = $state(0);
  total = $state(0);
  readonly busy = $derived(this.sent < this.total);
  readonly #host: Host;
  readonly #toasts: Toasts;
  readonly #queue: LooseFile[] = [];
  #arrived: string[] = [];
  #sending = new AbortController();
  #lanes = 0;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  async add(added: Promise<Added>): Promise<void> {
    try {
      const what = await added;
      if (what.kind === 'paths') await this.#import([...what.paths]);
      else await this.#send(what.files);
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  addPaths(paths: readonly string[]): Promise<void> {
    return this.add(Promise.resolve({ kind: 'paths', paths }));
  }

  /** Stops sending; what has arrived is still added. */
  cancel(): void {
    this.#sending.abort();
    this.#sending = new AbortController();
    this.#queue.length = 0;
    this.total = this.sent;
  }

  async #send(files: readonly LooseFile[]): Promise<void> {
    const pictures = files.filter(({ name }) => isPictureName(name));
    const left = files.length - pictures.length;
    if (pictures.length === 0) this.#toasts.show('note', messages.noPictures);
    else if (left > 0) this.#toasts.show('note', messages.notPictures(left));
    if (!this.busy) this.sent = this.total = 0;
    this.#queue.push(...pictures);
    this.total += pictures.length;
    const started: Promise<void>[] = [];
    const wanted = Math.min(lanes, this.#lanes + this.#queue.length);
    while (this.#lanes < wanted) started.push(this.#lane());
    await Promise.all(started);
  }

  async #lane(): Promise<void> {
    const { upload } = this.#host;
    if (!upload) return;
    this.#lanes++;
    const { signal } = this.#sending;
    try {
      for (let file = this.#queue.shift(); file && !signal.aborted; file = this.#queue.shift()) {
        // First the wait, then the list: the other lane may have handed the list over meanwhile.
        const path = await upload(file, signal);
        this.#arrived.push(path);
        this.sent++;
        if (this.#arrived.length >= handOver) await this.#handOver();
      }
    } catch (error) {
      // The rest would fail in the same way: stop, say so, keep what has arrived.
      if (!signal.aborted) {
        this.cancel();
        this.#toasts.fail(error);
      }
    } finally {
      this.#lanes--;
    }
    await this.#handOver();
  }

  async #handOver(): Promise<void> {
    const paths = this.#arrived;
    this.#arrived = [];
    await this.#import(paths);
  }

  async #import(paths: string[]): Promise<void> {
    if (paths.length > 0) await this.#host.backend.request('import.add', { paths });
  }
}

export const [useAdding, provideAdding] = createContext<Adding>();
