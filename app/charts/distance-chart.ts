import { gridY, rectY, ruleX, ruleY, type PlotOptions } from '@observablehq/plot';

import type { PairMeasures } from '../contract/measures.ts';
import { colours } from './colours.ts';
import { percent } from './share-ticks.ts';

/**
 * How far pairs of one person and pairs of two lie apart, each as shares of its kind: there are far more of the latter.
 * @param marked distances to draw a line at: the threshold, or what a slider says
 */
export function distanceChart(
  { histogram, threshold }: Pick<PairMeasures, 'histogram' | 'threshold'>,
  marked: readonly number[] = [threshold],
): PlotOptions {
  const bins = [...binsOf(histogram, 'same'), ...binsOf(histogram, 'different')];
  return {
    marginLeft: 56,
    x: { label: 'distance' },
    y: { label: 'share of the pairs', tickFormat: percent },
    color: { domain: ['one person', 'two people'], range: [colours.same, colours.different] },
    marks: [
      gridY(),
      rectY(bins, { x1: 'from', x2: 'to', y: 'share', fill: 'kind', fillOpacity: 0.6 }),
      ruleX(marked, { strokeWidth: 1.5, strokeDasharray: '4 3' }),
      ruleY([0]),
    ],
  };
}

/** The bins of one kind, without empty ones. */
function binsOf(
  { edges, ...counts }: PairMeasures['histogram'],
  kind: 'same' | 'different',
): { from: number; to: number; share: number; kind: string }[] {
  const total = counts[kind].reduce((sum, count) => sum + count, 0);
  return counts[kind].flatMap((count, bin) => {
    const [from, to] = [edges[bin], edges[bin + 1]];
    if (count === 0 || from === undefined || to === undefined) return [];
    return { from, to, share: count / total, kind: kind === 'same' ? 'one person' : 'two people' };
  });
}
