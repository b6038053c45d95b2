import type { Backend } from '../../app/contract/api.ts';
import type { PersonId } from '../../app/contract/ids.ts';
import type { Person } from '../../app/contract/model.ts';
import { sameName } from './same-name.ts';

/** Options shown at most: a list that needs no scrolling. */
const shownAtMost = 6;

/** The names that complete what is being typed into one input. */
export class Completion {
  text = $state('');
  options = $state.raw<readonly Person[]>([]);
  /** Index of the option that the keyboard is on, -1 for none: then Enter takes the text as it is. */
  active = $state(-1);
  readonly #backend: Backend;
  readonly #fail: (error: unknown) => void;
  readonly #leaveOut: () => PersonId | null;
  #asking: AbortController | undefined;

  /** @param leaveOut a person who is not to be offered: the one being named */
  constructor(backend: Backend, fail: (error: unknown) => void, leaveOut: () => PersonId | null = () => null) {
    this.#backend = backend;
    this.#fail = fail;
    this.#leaveOut = leaveOut;
  }

  async type(text: string): Promise<void> {
    this.text = text;
    this.active = -1;
    this.#asking?.abort();
    const prefix = text.trim();
    if (prefix === '') {
      this.options = [];
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const people = await this.#backend.request('people.complete', { prefix }, asking.signal);
      if (asking.signal.aborted) return;
      this.options = people.filter(({ id }) => id !== this.#leaveOut()).slice(0, shownAtMost);
    } catch (error) {
      if (!asking.signal.aborted) this.#fail(error);
    }
  }

  /** Moves between the text (-1) and the options, around both ends. */
  move(step: 1 | -1): void {
    const places = this.options.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
  }

  /** What Enter means now: a person who exists, or a name. Null for nothing typed. */
  get chosen(): { readonly name: string; readonly person: Person | null } | null {
    const option = this.options[this.active];
    if (option?.name) return { name: option.name, person: option };
    const name = this.text.trim();
    if (name === '') return null;
    return { name, person: this.options.find((person) => sameName(person.name, name)) ?? null };
  }

  clear(text = ''): void {
    this.#asking?.abort();
    this.text = text;
    this.options = [];
    this.active = -1;
  }
}
