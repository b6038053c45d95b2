import { expect, it } from 'vitest';

import { trainingChart } from '../../../renderer/tune/training-chart.ts';

const points = [
  { step: 1, loss: 0.4, active: 0.9 },
  { step: 2, loss: 0.2, active: 0.5 },
];

it('is as wide as the whole training and as high as its largest loss, shares up to one', () => {
  expect(trainingChart(points, 300, 'loss')).toMatchObject({ x: { domain: [0, 300] }, y: { domain: [0, 0.4] } });
  expect(trainingChart(points, 300, 'active')).toMatchObject({ y: { domain: [0, 1] } });
});

it('grows where a training was begun anew and takes more steps', () => {
  expect(trainingChart([{ step: 450, loss: 0.1, active: 0.2 }], 300, 'loss')).toMatchObject({
    x: { domain: [0, 450] },
  });
});

it('has an axis before the first step, and where nothing is left to learn', () => {
  expect(trainingChart([], 0, 'loss')).toMatchObject({ x: { domain: [0, 1] }, y: { domain: [0, 1] } });
  expect(trainingChart([{ step: 1, loss: 0, active: 0 }], 10, 'loss')).toMatchObject({ y: { domain: [0, 1] } });
});
