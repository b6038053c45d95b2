import { yearOf } from '../shared/dates.ts';
import type { TimelineLayout } from './timeline-layout.ts';

export interface ScrubberMark {
  readonly year: string;
  /** Pixels from the top of the track. */
  readonly at: number;
}

/** The years beside the scrubber's track, left out where they would touch. Lengths in CSS pixels. */
export function scrubberMarks(layout: TimelineLayout, track: number, apart: number): ScrubberMark[] {
  const marks: ScrubberMark[] = [];
  let year: string | null = null;
  for (const month of layout.months) {
    const next = yearOf(month.month);
    if (next === null || next === year) continue;
    year = next;
    const at = (month.top / layout.height) * track;
    const last = marks.at(-1);
    if (!last || at - last.at >= apart) marks.push({ year, at });
  }
  return marks;
}
