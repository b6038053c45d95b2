import { areaY, gridX, gridY, lineY, type PlotOptions } from '@observablehq/plot';

import type { PairMeasures } from '../contract/measures.ts';
import { colours } from './colours.ts';
import { pointsByLogFar } from './log-far.ts';
import { percent, powersOfTen } from './share-ticks.ts';

/** The receiver operating characteristic with its 95 % band, by a logarithmic false accept rate. */
export function rocChart(measures: Pick<PairMeasures, 'roc' | 'pairs' | 'same'>): PlotOptions {
  const { least, points } = pointsByLogFar(measures);
  return {
    marginLeft: 56,
    x: { type: 'log', domain: [least, 1], label: 'false accept rate', ticks: powersOfTen(least), tickFormat: percent },
    y: { label: 'true accept rate', domain: [0, 1], tickFormat: percent },
    marks: [
      gridX({ ticks: powersOfTen(least) }),
      gridY(),
      areaY(points, { x: 'far', y1: 'low', y2: 'high', fill: colours.same, fillOpacity: 0.2 }),
      lineY(points, { x: 'far', y: 'tar', stroke: colours.same, strokeWidth: 2 }),
    ],
  };
}
