import { expect, it } from 'vitest';

import { holdBack } from '../../../app/engine/cluster/hold-back.ts';

it('holds back only settled faces that would leave a person with a name', () => {
  const [anna, ben, group] = [1, 2, 3];
  const rows: [face: number, shown: number, wanted: number][] = [
    [10, anna, ben],
    [11, anna, ben],
    [12, anna, -1],
    [13, anna, 0],
    // Comes to a named person, leaves a group, came after the last run, or the user spoke of it.
    [14, 0, anna],
    [15, group, anna],
    [30, anna, 0],
    [16, anna, ben],
  ];
  const column = (at: 0 | 1 | 2) => Int32Array.from(rows, (row) => row[at]);
  const { wanted, held } = holdBack({
    faces: column(0),
    shown: column(1),
    wanted: column(2),
    named: new Set([anna, ben]),
    settledTo: 20,
    spoken: new Set([16]),
  });
  expect([...wanted]).toEqual([anna, anna, anna, anna, anna, anna, 0, ben]);
  expect(held).toEqual([
    { from: anna, to: ben, faces: [10, 11] },
    { from: anna, to: -1, faces: [12] },
    { from: anna, to: 0, faces: [13] },
  ]);
});

it('gives a named person few faces of a group, but not many, and keeps those together that came since', () => {
  const [anna, group, other] = [1, 2, 3];
  const rows: [face: number, shown: number, wanted: number][] = [
    ...[10, 11, 12, 13, 14].map((face): [number, number, number] => [face, group, anna]),
    [30, group, anna],
    ...[15, 16, 17, 18].map((face): [number, number, number] => [face, other, anna]),
    // Strangers who are in no group, and a group that goes to another without a name.
    ...[40, 41, 42, 43, 44].map((face): [number, number, number] => [face, 0, anna]),
    ...[50, 51, 52, 53, 54].map((face): [number, number, number] => [face, group, other]),
  ];
  const column = (at: 0 | 1 | 2) => Int32Array.from(rows, (row) => row[at]);
  const { wanted, held } = holdBack({
    faces: column(0),
    shown: column(1),
    wanted: column(2),
    named: new Set([anna]),
    settledTo: 29,
    spoken: new Set(),
  });
  const goes = (count: number, person: number) => Array<number>(count).fill(person);
  expect([...wanted]).toEqual([...goes(6, group), ...goes(4, anna), ...goes(5, anna), ...goes(5, other)]);
  expect(held).toEqual([]);
});
