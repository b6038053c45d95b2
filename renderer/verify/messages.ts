import { count, counted } from '../shared/numbers.ts';

/** `1 in 260`; rates under one in a million are no more than that. */
const oneIn = (rate: number): string => `1 in ${count(Number((1 / Math.max(rate, 1e-6)).toPrecision(2)))}`;

export const messages = {
  open: 'Compare two photos…',
  title: 'Is it the same person?',
  hint: 'Drop two photos here, or choose them. They are compared and not added to the library.',
  close: 'Close',
  photo: ['First photo', 'Second photo'],
  choose: 'Choose a photo…',
  chooseOther: 'Choose another…',
  drop: 'Drop a photo here',
  comparing: 'Comparing…',
  same: 'The same person',
  different: 'Two different people',
  likeness: (rate: number): string =>
    `Of two different people, about ${oneIn(rate)} pairs look this much alike or more.`,
  distance: (distance: number, threshold: number): string =>
    `Distance ${distance.toFixed(2)}; below ${threshold.toFixed(2)} it counts as the same person.`,
  falseAccepts: (rate: number): string =>
    `At that threshold, ${oneIn(rate)} pairs of different people pass for the same (measured on pairs of LFW).`,
  notMeasured: 'Nobody has measured how often this face model takes two people for one.',
  meaning: (embedder: string): string =>
    `The distance is the straight line (L2) between the two faces as ${embedder} describes them, as vectors of length 1: ` +
    '0 is the same picture, 2 the most different there is.',
  several: (name: string, faces: number): string =>
    `${name} shows ${counted(faces, 'face', 'faces')}: the most prominent one was compared.`,
  scale: (distance: number, threshold: number): string =>
    `${distance.toFixed(2)} on a scale where ${threshold.toFixed(2)} parts the same from different`,
  alike: 'alike',
  unlike: 'unlike',
} as const;
