import { createContext } from 'svelte';

import type { Backend, Output } from '../../app/contract/api.ts';
import type { PhotoId } from '../../app/contract/ids.ts';
import type { LibraryStatus } from '../../app/contract/model.ts';
import type { PictureUrls } from '../../app/contract/picture-urls.ts';
import type { Host } from '../backend/host.ts';
import { Changes } from './changes.svelte.ts';
import { Jobs } from './jobs.svelte.ts';
import { Preferences, type Keeper } from './preferences.svelte.ts';
import { Resource } from './resource.svelte.ts';
import { Router, type Place } from './router.svelte.ts';
import { Toasts } from './toasts.svelte.ts';

/** Library counts are for a look, not for watching: once a second is enough during an import. */
const statusRestMs = 1000;
/** Questions are looked for among all faces, and nobody waits for them while an import runs. */
const reviewRestMs = 15_000;

/** What every page shares. */
export class Application {
  readonly host: Host;
  readonly backend: Backend;
  readonly pictures: PictureUrls;
  readonly router: Router;
  readonly toasts = new Toasts();
  readonly changes: Changes;
  readonly jobs: Jobs;
  readonly preferences: Preferences;
  readonly library: Resource<LibraryStatus>;
  /** The question that is asked next, and how many are left. */
  readonly review: Resource<Output<'review.next'>>;
  /** The photos of the page in their order: what the arrows of the viewer go through. */
  sequence = $state.raw<readonly PhotoId[]>([]);
  /** What a screen reader is told, politely. */
  announcement = $state('');
  readonly #stops: readonly (() => void)[];

  constructor(host: Host, place: Place, keeper: Keeper) {
    this.host = host;
    this.backend = host.backend;
    this.pictures = host.pictures;
    this.router = new Router(place);
    this.changes = new Changes(this.backend, this.toasts);
    this.jobs = new Jobs(this.backend, this.toasts);
    this.preferences = new Preferences(keeper);
    this.library = new Resource({
      load: (signal) => this.backend.request('library.status', {}, signal),
      follow: { backend: this.backend, subjects: ['photos', 'people', 'failures'] },
      restMs: statusRestMs,
    });
    this.review = new Resource({
      load: (signal) => this.backend.request('review.next', {}, signal),
      follow: { backend: this.backend, subjects: ['people'] },
      restMs: reviewRestMs,
    });
    this.#stops = [this.backend.on('notice', ({ message }) => this.toasts.show('note', message))];
  }

  async start(): Promise<void> {
    void this.review.refresh();
    await Promise.all([this.library.refresh(), this.jobs.load()]);
  }

  openPhoto(photo: PhotoId): void {
    this.router.go({ ...this.router.route, photo });
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.library.close();
    this.review.close();
    this.jobs.close();
  }
}

export const [useApplication, provideApplication] = createContext<Application>();
