import type { Backend, Input, Output } from '../../app/contract/api.ts';
import { Failure } from '../../app/contract/errors.ts';
import type { Changes } from '../state/changes.svelte.ts';
import type { Resource } from '../state/resource.svelte.ts';
import type { Toasts } from '../state/toasts.svelte.ts';

export type Said = Input<'review.answer'>['answer'];

/** One question at a time: an answer is given once, and brings the next. */
export class ReviewPage {
  busy = $state(false);
  readonly queue: Resource<Output<'review.next'>>;
  readonly question = $derived.by(() => this.queue.value?.question ?? null);
  readonly #backend: Backend;
  readonly #changes: Changes;
  readonly #toasts: Toasts;

  constructor(queue: Resource<Output<'review.next'>>, backend: Backend, changes: Changes, toasts: Toasts) {
    this.queue = queue;
    this.#backend = backend;
    this.#changes = changes;
    this.#toasts = toasts;
  }

  async answer(said: Said): Promise<void> {
    const { question } = this;
    if (!question || this.busy) return;
    this.busy = true;
    const { face, group, person } = question;
    const input = { face, group, person: person.id, answer: said };
    if (said === 'yes' || said === 'no') {
      await this.#changes.make(async () => {
        const action = await this.#backend.request('review.answer', input);
        if (!action) throw new Failure('internal', 'the answer was not taken for one');
        return action;
      });
    } else await this.#backend.request('review.answer', input).catch((error: unknown) => this.#toasts.fail(error));
    await this.queue.refresh();
    this.busy = false;
  }

  async undo(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.#changes.undo();
    await this.queue.refresh();
    this.busy = false;
  }
}
