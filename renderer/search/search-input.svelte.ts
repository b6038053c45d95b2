import type { Backend } from '../../app/contract/api.ts';
import type { Suggestion } from '../../app/contract/model.ts';

/** Suggestions shown at most. */
const shownAtMost = 8;

/** What is typed into the search and what completes it. */
export class SearchInput {
  suggestions = $state.raw<readonly Suggestion[]>([]);
  /** Index of the suggestion that the keyboard is on, -1 for none. */
  active = $state(-1);
  readonly #backend: Backend;
  readonly #fail: (error: unknown) => void;
  #asking: AbortController | undefined;

  constructor(backend: Backend, fail: (error: unknown) => void) {
    this.#backend = backend;
    this.#fail = fail;
  }

  /**
   * An empty query offers what was saved and who is in most photos.
   * @param cursor offset of the caret in `query`
   */
  async suggest(query: string, cursor: number): Promise<void> {
    this.active = -1;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const suggestions = await this.#backend.request('search.suggest', { query, cursor }, asking.signal);
      if (!asking.signal.aborted) this.suggestions = suggestions.slice(0, shownAtMost);
    } catch (error) {
      if (!asking.signal.aborted) this.#fail(error);
    }
  }

  /** Moves between the text (-1) and the suggestions, around both ends. */
  move(step: 1 | -1): void {
    const places = this.suggestions.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
  }

  /** The suggestion that Enter takes; none while the keyboard is in the text. */
  get chosen(): Suggestion | undefined {
    return this.suggestions[this.active];
  }

  close(): void {
    this.#asking?.abort();
    this.suggestions = [];
    this.active = -1;
  }
}
