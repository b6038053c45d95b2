import { areaY, dot, lineY, ruleY, type PlotOptions } from '@observablehq/plot';

import type { TrainingPoint } from '../../app/contract/tuning.ts';
import { thinned } from '../plots/plot-table.ts';
import { percent } from '../shared/numbers.ts';
import { messages } from './messages.ts';

/** More than a plot of this size can show. */
const mostPoints = 600;

export type Curve = 'loss' | 'active';

export const valueWords = (curve: Curve, value: number): string =>
  curve === 'active' ? percent(value) : value.toLocaleString(undefined, { maximumSignificantDigits: 2 });

/** One curve of a training; the axis is as long as all its steps from the start, and longer where it was begun anew. */
export function trainingChart(points: readonly TrainingPoint[], steps: number, curve: Curve): PlotOptions {
  const shown = thinned(points, mostPoints);
  const highest = Math.max(0, ...shown.map(({ loss }) => loss));
  const most = curve === 'active' || highest === 0 ? 1 : highest;
  const line = { x: 'step', y: curve } as const;
  return {
    marginLeft: 44,
    marginRight: 12,
    marginTop: 12,
    marginBottom: 40,
    x: {
      label: messages.plotStep,
      domain: [0, Math.max(1, steps, shown.at(-1)?.step ?? 0)],
      ticks: 4,
      labelArrow: 'none',
      labelAnchor: 'center',
    },
    y: {
      label: null,
      domain: [0, most],
      ticks: 4,
      grid: true,
      ...(curve === 'active' ? { tickFormat: (value: number) => percent(value) } : {}),
    },
    marks: [
      ruleY([0], { stroke: 'var(--line)' }),
      areaY(shown, { ...line, fill: 'var(--accent)', fillOpacity: 0.1 }),
      lineY(shown, { ...line, stroke: 'var(--accent)', strokeWidth: 1.75 }),
      dot(shown.slice(-1), { ...line, fill: 'var(--accent)', r: 3.5 }),
    ],
  };
}
