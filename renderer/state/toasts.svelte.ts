import { failureOf, wordsFor } from '../shared/failure-words.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'change' | 'note' | 'failure';
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** How long a toast stays, in milliseconds. The second is for failures: more to read. */
const stayMs = { change: 8000, note: 8000, failure: 12_000 } as const;
/** More than these would cover the page. */
const atMost = 3;

/** Short messages at the edge of the window, with a way back where there is one. */
export class Toasts {
  shown = $state.raw<readonly Toast[]>([]);
  #lastId = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** A change replaces the one before: Undo always takes back what was done last. */
  show(tone: Toast['tone'], text: string, action: Toast['action'] = null): void {
    const id = ++this.#lastId;
    const kept = tone === 'change' ? this.shown.filter((toast) => toast.tone !== 'change') : this.shown;
    this.shown = [...kept, { id, tone, text, action }].slice(-atMost);
    this.release(id);
  }

  /** Tells what failed in the words for its code; what the user cancelled needs none. */
  fail(error: unknown): void {
    const failure = failureOf(error);
    if (failure.code === 'cancelled') return;
    if (failure.code === 'internal') console.error(error);
    const { what, next } = wordsFor(failure);
    this.show('failure', `${what} ${next}`);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }

  /** Keeps a toast while it is pointed at or has the focus. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  release(id: number): void {
    this.hold(id);
    const toast = this.shown.find((each) => each.id === id);
    if (toast)
      this.#timers.set(
        id,
        setTimeout(() => this.dismiss(id), stayMs[toast.tone]),
      );
  }
}
