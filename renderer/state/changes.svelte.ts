import type { Backend } from '../../app/contract/api.ts';
import type { Action } from '../../app/contract/model.ts';
import type { Toasts } from './toasts.svelte.ts';

/** What the user changes: each change says what was done and offers Undo. */
export class Changes {
  readonly #backend: Backend;
  readonly #toasts: Toasts;

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
  }

  /** Makes a change. Answers whether it was made; a failure is told in a toast. */
  async make(change: () => Promise<Action>): Promise<boolean> {
    try {
      const action = await change();
      this.#toasts.show('change', describe(action), { label: 'Undo', run: () => void this.undo() });
      return true;
    } catch (error) {
      this.#toasts.fail(error);
      return false;
    }
  }

  async undo(): Promise<void> {
    try {
      const { label } = await this.#backend.request('history.undo', {});
      this.#toasts.show('change', `Undone: ${label}`, { label: 'Redo', run: () => void this.redo() });
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  redo(): Promise<boolean> {
    return this.make(() => this.#backend.request('history.redo', {}));
  }
}

/** What was done, and whether something said before does not hold any more. */
function describe({ label, overruled = 0 }: Action): string {
  if (overruled === 0) return label;
  return `${label}. ${overruled === 1 ? 'An earlier correction no longer holds' : `${overruled} earlier corrections no longer hold`}: see People.`;
}
