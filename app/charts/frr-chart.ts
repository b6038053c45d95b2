import { gridX, gridY, lineY, type PlotOptions } from '@observablehq/plot';

import type { PairMeasures } from '../contract/measures.ts';
import { colours } from './colours.ts';
import { pointsByLogFar } from './log-far.ts';
import { percent, powersOfTen } from './share-ticks.ts';

/** What share of the pairs of one person is refused at each false accept rate, both logarithmic. */
export function frrChart(measures: Pick<PairMeasures, 'roc' | 'pairs' | 'same'>): PlotOptions {
  const { least, points } = pointsByLogFar(measures);
  const fewest = 1 / Math.max(10, measures.same);
  const drawn = points.map(({ far, tar }) => ({ far, frr: Math.max(fewest, 1 - tar) }));
  return {
    marginLeft: 56,
    x: { type: 'log', domain: [least, 1], label: 'false accept rate', ticks: powersOfTen(least), tickFormat: percent },
    y: {
      type: 'log',
      domain: [fewest, 1],
      label: 'false reject rate',
      ticks: powersOfTen(fewest),
      tickFormat: percent,
    },
    marks: [
      gridX({ ticks: powersOfTen(least) }),
      gridY({ ticks: powersOfTen(fewest) }),
      lineY(drawn, { x: 'far', y: 'frr', stroke: colours.same, strokeWidth: 2 }),
    ],
  };
}
