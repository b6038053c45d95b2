import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import type { Backend, Events } from '../../app/contract/api.ts';
import type { Job, ModelPack } from '../../app/contract/model.ts';
import { failureOf } from '../shared/failure-words.ts';
import { Resource } from '../state/resource.svelte.ts';
import type { Toasts } from '../state/toasts.svelte.ts';

interface Download {
  readonly stop: AbortController;
  /** 0 to 1; null until the first bytes have come. */
  readonly share: number | null;
}

/** The face models. It outlives the page that shows them, so that a download can be looked at, and stopped, later. */
export class ModelsList {
  readonly packs: Resource<readonly ModelPack[]>;
  readonly downloads = new SvelteMap<string, Download>();
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #stops: readonly (() => void)[];
  #changing = '';

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
    this.packs = new Resource({ load: (signal) => backend.request('models.list', {}, signal) });
    this.#stops = [
      backend.on('download', (progress) => this.#tell(progress)),
      backend.on('jobs', (jobs) => this.#follow(jobs)),
    ];
  }

  async get(name: string): Promise<void> {
    if (this.downloads.has(name)) return;
    const stop = new AbortController();
    this.downloads.set(name, { stop, share: null });
    await this.#ask(() => this.#backend.request('models.add', { name }, stop.signal));
    this.downloads.delete(name);
  }

  /** What has come is kept for the next time. */
  cancel(name: string): void {
    this.downloads.get(name)?.stop.abort();
  }

  use = (name: string): Promise<void> => this.#ask(() => this.#backend.request('models.use', { name }));
  remove = (name: string): Promise<void> => this.#ask(() => this.#backend.request('models.remove', { name }));

  /** Stops a change that is under way: the model in use stays. */
  async stay(): Promise<void> {
    const active = this.packs.value?.find((pack) => pack.role === 'embedder' && pack.active);
    if (active) await this.use(active.name);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.packs.close();
  }

  /** A change of the embedder is a job; with its end another model is in use. */
  #follow(jobs: readonly Job[]): void {
    const changing = jobs
      .filter(({ kind }) => kind === 'embed')
      .map(({ id, state }) => `${id} ${state}`)
      .join();
    if (changing !== this.#changing) void this.packs.refresh();
    this.#changing = changing;
  }

  #tell({ name, done, total }: Events['download']): void {
    const download = this.downloads.get(name);
    if (download) this.downloads.set(name, { ...download, share: total > 0 ? done / total : null });
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
    } catch (error) {
      if (failureOf(error).code !== 'cancelled') this.#toasts.fail(error);
    }
    await this.packs.refresh();
  }
}

export const [useModels, provideModels] = createContext<ModelsList>();
