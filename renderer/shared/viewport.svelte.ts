import { createContext } from 'svelte';

/** What of a scrolled page is seen. Lengths are CSS pixels. */
export class Viewport {
  top = $state(0);
  width = $state(0);
  height = $state(0);
  /** Rises with each change of a size, so that what was measured is measured again. */
  #changes = $state(0);
  #element: HTMLElement | undefined;

  /** An attachment for the element that scrolls. `remembered` is where it was when the page was last left. */
  readonly follow = (element: HTMLElement, remembered: number, leave: (top: number) => void): (() => void) => {
    this.#element = element;
    let wanted = remembered;
    const read = (): void => {
      this.top = element.scrollTop;
    };
    const measure = new ResizeObserver(() => {
      this.width = element.clientWidth;
      this.height = element.clientHeight;
      this.#changes++;
      // The place is taken up again once the content is there to scroll to.
      if (wanted > 0 && element.scrollHeight >= wanted + element.clientHeight) {
        element.scrollTop = wanted;
        wanted = 0;
      }
    });
    measure.observe(element);
    for (const child of element.children) measure.observe(child);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      leave(this.top);
      measure.disconnect();
      element.removeEventListener('scroll', read);
      this.#element = undefined;
    };
  };

  /** How far the top of `child` is from the top of the scrolled content. Read it in an effect: it may change. */
  offsetOf(child: Element): number {
    if (!this.#element || this.#changes === 0) return 0;
    return child.getBoundingClientRect().top - this.#element.getBoundingClientRect().top + this.#element.scrollTop;
  }

  scrollTo(top: number): void {
    if (!this.#element) return;
    this.#element.scrollTop = top;
    // The event comes a frame later; what is to be focused next has to exist now.
    this.top = this.#element.scrollTop;
  }

  /** Scrolls as little as shows the stretch from `top` to `bottom`, below `covered` pixels of sticky heading. */
  reveal(top: number, bottom: number, covered = 0): void {
    if (top - covered < this.top) this.scrollTo(top - covered);
    else if (bottom > this.top + this.height) this.scrollTo(bottom - this.height);
  }
}

export const [useViewport, provideViewport] = createContext<Viewport>();
