import { expect, test } from 'vitest';

import { distanceChart } from '../../app/charts/distance-chart.ts';
import { frrChart } from '../../app/charts/frr-chart.ts';
import { rocChart } from '../../app/charts/roc-chart.ts';
import { drawChart as draw } from '../../app/cli/report/draw-chart.ts';

const roc = [
  { threshold: 0.2, far: 0, tar: 0.4, low: 0.3, high: 0.5 },
  { threshold: 0.4, far: 0, tar: 0.8, low: 0.7, high: 0.9 },
  { threshold: 0.6, far: 0.01, tar: 0.9, low: 0.8, high: 1 },
  { threshold: 0.9, far: 1, tar: 1, low: 1, high: 1 },
];
const measures = { roc, pairs: 1100, same: 100 };

test.each([
  ['ROC', rocChart(measures)],
  ['false reject rate', frrChart(measures)],
  ['distances', distanceChart({ threshold: 0.5, histogram: { edges: [0, 0.5, 1], same: [9, 1], different: [0, 4] } })],
])('a chart of the %s is drawn without numbers that are none', (_, options) => {
  const svg = draw(options);
  expect(svg).toMatch(/^<svg/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('what accepts nobody wrongly is drawn at the rate of one pair, by the best threshold that does', () => {
  const drawn = draw(rocChart(measures));
  expect(drawn).toContain('true accept rate');
  // Three points remain of four.
  expect(/stroke-width="2"[^>]*><path d="([^"]*)"/.exec(drawn)![1]!.match(/[ML]/g)).toHaveLength(3);
});

test('a measurement without points or pairs gives an empty chart', () => {
  expect(draw(rocChart({ roc: [], pairs: 0, same: 0 }))).toMatch(/^<svg/);
  expect(draw(distanceChart({ threshold: 1, histogram: { edges: [], same: [], different: [] } }))).toMatch(/^<svg/);
});
