import type { PlotOptions } from '@observablehq/plot';

import { distanceChart } from '../../app/charts/distance-chart.ts';
import type { Calibration, LibraryMeasures } from '../../app/contract/measures.ts';
import { rate } from '../shared/numbers.ts';
import { messages } from './messages.ts';

/** Distances from `low` to `high`, drawn over a width between two margins. Margins and widths are CSS pixels. */
export interface DistanceAxis {
  readonly low: number;
  readonly high: number;
}

export const margins = { left: 52, right: 16, top: 60, bottom: 36 } as const;

/** The stretch of distances where there is something to see or to choose. */
export function axisFor(
  histogram: LibraryMeasures['histogram'] | null,
  { current, standard, suggested }: Calibration,
): DistanceAxis {
  const chosen = [current, standard, suggested ?? current].flatMap(({ eps, acceptance }) => [eps, acceptance]);
  const used = histogram ? usedEdges(histogram) : [];
  const low = Math.min(...used, ...chosen.map((value) => 0.7 * value));
  const high = Math.max(...used, ...chosen.map((value) => 1.3 * value));
  return { low: Math.max(0, Math.floor(10 * low) / 10), high: Math.min(2, Math.ceil(10 * high) / 10) };
}

function usedEdges({ edges, same, different }: LibraryMeasures['histogram']): number[] {
  return edges.filter((_, i) => [i - 1, i].some((bin) => (same[bin] ?? 0) + (different[bin] ?? 0) > 0));
}

export const placeOf = ({ low, high }: DistanceAxis, width: number, value: number): number =>
  margins.left + ((value - low) / (high - low)) * (width - margins.left - margins.right);

export const valueAt = ({ low, high }: DistanceAxis, width: number, x: number): number => {
  const share = (x - margins.left) / Math.max(1, width - margins.left - margins.right);
  return low + Math.max(0, Math.min(1, share)) * (high - low);
};

/** The histogram on that axis, without lines: those are dragged, and lie over it. */
export function histogramChart(
  measures: Pick<LibraryMeasures, 'histogram' | 'threshold'>,
  axis: DistanceAxis,
): PlotOptions {
  const chart = distanceChart(measures, []);
  return {
    ...chart,
    marginLeft: margins.left,
    marginRight: margins.right,
    marginTop: margins.top,
    marginBottom: margins.bottom,
    x: { ...chart.x, domain: [axis.low, axis.high], label: messages.axisDistance, labelArrow: 'none' },
    y: { ...chart.y, label: null, ticks: 4, tickFormat: rate },
  };
}
