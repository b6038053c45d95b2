import { expect, it } from 'vitest';

import type { PhotoId } from '../../../app/contract/ids.ts';
import { scrubberMarks } from '../../../renderer/photos/scrubber-marks.ts';
import { timelineColumns } from '../../../renderer/photos/timeline-columns.ts';
import { layoutTimeline } from '../../../renderer/photos/timeline-layout.ts';

const layoutOf = (months: readonly string[]) =>
  layoutTimeline(
    timelineColumns({
      months: months.map((month, i) => ({ month, ids: [(i + 1) as PhotoId], ratios: [1] })),
    }),
    { width: 500, rowHeight: 100, gap: 4, heading: 50, below: 10 },
  );

it('marks each year once, where its first month lies', () => {
  const marks = scrubberMarks(layoutOf(['2020-02', '2020-01', '2019-12', 'unknown']), 400, 20);
  expect(marks).toEqual([
    { year: '2020', at: 0 },
    { year: '2019', at: 200 },
  ]);
});

it('leaves out years that would touch the one before', () => {
  const years = Array.from({ length: 50 }, (_, i) => `${2026 - i}-06`);
  const marks = scrubberMarks(layoutOf(years), 400, 28);
  expect(marks.length).toBeLessThanOrEqual(400 / 28 + 1);
  for (let i = 1; i < marks.length; i++) expect(marks[i]!.at - marks[i - 1]!.at).toBeGreaterThanOrEqual(28);
});
