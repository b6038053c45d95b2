import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import type { Backend } from '../../app/contract/api.ts';
import type { PhotoId } from '../../app/contract/ids.ts';
import type { PhotoCard } from '../../app/contract/model.ts';

/** Cards kept at most: a few screens of the smallest pictures, so that memory stays flat. */
const keptAtMost = 6000;
/** Most that one request asks for. */
const batch = 2000;
/** Milliseconds over which wishes are gathered while the page scrolls. */
const gatherMs = 40;

/** What is known of photos before their pictures have come, asked for in batches as they are seen. */
export class PhotoCards {
  readonly #cards = new SvelteMap<PhotoId, PhotoCard>();
  readonly #wanted = new Set<PhotoId>();
  readonly #backend: Backend;
  readonly #fail: (error: unknown) => void;
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, fail: (error: unknown) => void) {
    this.#backend = backend;
    this.#fail = fail;
    // Cards name people: a name given or taken away makes them old.
    this.#stop = backend.on('changed', ({ subjects }) => {
      if (subjects.includes('people')) this.#cards.clear();
    });
  }

  get(id: PhotoId): PhotoCard | undefined {
    return this.#cards.get(id);
  }

  /** Sees to it that these are there soon. */
  want(ids: readonly PhotoId[]): void {
    for (const id of ids) if (!this.#cards.has(id)) this.#wanted.add(id);
    if (this.#wanted.size > 0) this.#timer ??= setTimeout(() => void this.#ask(), gatherMs);
  }

  close(): void {
    this.#stop();
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    const ids = [...this.#wanted].slice(-batch);
    this.#wanted.clear();
    try {
      const cards = await this.#backend.request('photos.cards', { ids });
      for (const card of cards) this.#cards.set(card.id, card);
    } catch (error) {
      this.#fail(error);
    }
    for (const id of this.#cards.keys()) {
      if (this.#cards.size <= keptAtMost) break;
      this.#cards.delete(id);
    }
  }
}

export const [usePhotoCards, providePhotoCards] = createContext<PhotoCards>();
