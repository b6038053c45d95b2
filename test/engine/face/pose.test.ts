import { expect, test } from 'vitest';

import { estimatePose } from '../../../app/engine/face/pose.ts';
import { templateOf } from '../../../app/engine/face/templates.ts';

const frontal = templateOf('arcface-112').points;

/** A head of five points in space (eyes, nose standing out, mouth), turned and then seen from afar. */
function seen({ yaw = 0, pitch = 0, roll = 0 }): Float32Array {
  const head = [
    [-0.5, -0.5, 0],
    [0.5, -0.5, 0],
    [0, 0.072, 0.55],
    [-0.4, 0.655, 0],
    [0.4, 0.655, 0],
  ];
  const [y, p, r] = [yaw, pitch, roll].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number];
  return Float32Array.from(
    head.flatMap(([x = 0, down = 0, out = 0]) => {
      const across = x * Math.cos(y) + out * Math.sin(y);
      const forward = out * Math.cos(y) - x * Math.sin(y);
      const below = down * Math.cos(p) + forward * Math.sin(p);
      return [across * Math.cos(r) - below * Math.sin(r), across * Math.sin(r) + below * Math.cos(r)];
    }),
    (place) => 100 + 40 * place,
  );
}

test('the template looks straight ahead', () => {
  const { yaw, pitch, roll } = estimatePose(frontal);
  expect(Math.abs(yaw)).toBeLessThan(2);
  expect(Math.abs(pitch)).toBeLessThan(2);
  expect(Math.abs(roll)).toBeLessThan(1);
});

test.each([{ yaw: 30 }, { yaw: -45 }, { pitch: 20 }, { pitch: -20 }, { roll: 25 }, { roll: -80 }, { roll: 170 }])(
  'a head turned by %o is estimated within 3 degrees',
  (turn) => {
    const expected = { yaw: 0, pitch: 0, roll: 0, ...turn };
    const pose = estimatePose(seen(turn));
    for (const axis of ['yaw', 'pitch', 'roll'] as const) {
      expect(Math.abs(pose[axis] - expected[axis]), axis).toBeLessThan(3);
    }
  },
);

test('points that coincide give finite angles', () => {
  for (const angle of Object.values(estimatePose(new Float32Array(10)))) expect(Number.isFinite(angle)).toBe(true);
});
