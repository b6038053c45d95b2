import type { PhotoId } from '../../app/contract/ids.ts';
import type { Timeline } from '../../app/contract/model.ts';
import { timelineColumns } from './timeline-columns.ts';
import { layoutTimeline, rowAt, rowOf, stepInTimeline, visibleMonths } from './timeline-layout.ts';

/** CSS pixels. `spare` is drawn above and below what is seen. */
export const timelineSizes = { gap: 4, heading: 48, below: 12, spare: 600 } as const;

export interface TimelineInputs {
  readonly timeline: () => Timeline;
  readonly width: () => number;
  readonly rowHeight: () => number;
  /** The stretch of the timeline that is seen. */
  readonly top: () => number;
  readonly height: () => number;
}

/** Which rows of a timeline to draw, where the keyboard is, and what stays in view when the layout changes. */
export class TimelineController {
  readonly columns = $derived.by(() => timelineColumns(this.#inputs.timeline()));
  readonly layout = $derived.by(() =>
    layoutTimeline(this.columns, {
      width: Math.max(1, this.#inputs.width()),
      rowHeight: this.#inputs.rowHeight(),
      ...timelineSizes,
    }),
  );
  readonly months = $derived.by(() =>
    visibleMonths(
      this.layout,
      this.#inputs.top() - timelineSizes.spare,
      this.#inputs.height() + 2 * timelineSizes.spare,
    ),
  );
  /** The photos that are drawn. */
  readonly drawn = $derived.by(() => {
    const [first, last] = [this.months[0], this.months.at(-1)];
    if (!first || !last) return [];
    return this.columns.ids.slice(this.layout.rowFirst[first.from], this.layout.rowFirst[last.to]);
  });
  /** The photo that the keyboard is on. */
  active = $state(0);
  readonly #inputs: TimelineInputs;
  /** The photo at the top edge and how far below the edge it lies: what a new layout leaves in place. */
  #anchor: { readonly id: PhotoId; readonly offset: number } | undefined;

  constructor(inputs: TimelineInputs) {
    this.#inputs = inputs;
  }

  /** Moves the keyboard's place. Answers whether the key did anything. */
  step(key: string): boolean {
    const next = stepInTimeline(this.layout, Math.min(this.active, this.columns.ids.length - 1), key);
    if (next === null || this.columns.ids.length === 0) return false;
    this.active = next;
    return true;
  }

  /** The stretch of the row that a photo is in. */
  stretch(index: number): { top: number; bottom: number } {
    const row = rowOf(this.layout, index);
    const top = this.layout.rowTop[row] ?? 0;
    return { top, bottom: top + (this.layout.rowHeight[row] ?? 0) };
  }

  /** Remembers what is at the top edge now. At the very top nothing is held: new photos push in from above. */
  hold(): void {
    const top = this.#inputs.top();
    const row = rowAt(this.layout, top + timelineSizes.heading);
    const id = this.columns.ids[this.layout.rowFirst[row] ?? 0];
    this.#anchor = id === undefined || top <= 0 ? undefined : { id, offset: (this.layout.rowTop[row] ?? 0) - top };
  }

  /** Where the top edge has to be for the photo remembered to stay in place; null where it need not move. */
  heldTop(): number | null {
    const { columns, layout } = this;
    if (!this.#anchor) return null;
    const index = columns.ids.indexOf(this.#anchor.id);
    return index < 0 ? null : Math.max(0, (layout.rowTop[rowOf(layout, index)] ?? 0) - this.#anchor.offset);
  }
}
