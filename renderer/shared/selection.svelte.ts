import { SvelteSet } from 'svelte/reactivity';

/** Which of a list's items are selected. A range goes from the item selected last to the one clicked. */
export class Selection<Id> {
  readonly chosen = new SvelteSet<Id>();
  readonly #ids: () => readonly Id[];
  #from: Id | undefined;

  /** @param ids the list in the order it is shown, read whenever a range is made */
  constructor(ids: () => readonly Id[]) {
    this.#ids = ids;
  }

  has(id: Id): boolean {
    return this.chosen.has(id);
  }

  get size(): number {
    return this.chosen.size;
  }

  /** The chosen ids in the order of the list; ids that left the list are left out. */
  get inOrder(): Id[] {
    return this.#ids().filter((id) => this.chosen.has(id));
  }

  toggle(id: Id): void {
    if (this.chosen.delete(id)) return;
    this.chosen.add(id);
    this.#from = id;
  }

  /** Adds everything between the item chosen last and `id`, both included. */
  extendTo(id: Id): void {
    const ids = this.#ids();
    const to = ids.indexOf(id);
    const from = this.#from === undefined ? to : ids.indexOf(this.#from);
    if (to < 0) return;
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    for (const each of ids.slice(first, last + 1)) this.chosen.add(each);
    this.#from ??= id;
  }

  all(): void {
    for (const id of this.#ids()) this.chosen.add(id);
  }

  clear(): void {
    this.chosen.clear();
    this.#from = undefined;
  }
}
