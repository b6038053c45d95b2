import { createIdentities, unit } from './identities.ts';

/** Made-up faces whose DBSCAN labels are kept in test/fixtures/dbscan-labels.json. */
export interface DbscanCase {
  readonly name: string;
  readonly width: number;
  readonly eps: number;
  readonly minSamples: number;
  /** Norm 1 each. */
  readonly faces: readonly Float32Array<ArrayBuffer>[];
}

export function dbscanCases(): DbscanCase[] {
  const width = 16;
  const people = createIdentities(11, width, 0.5);
  const crowd = Array.from({ length: 700 }, () => people.face(Math.floor(40 * people.random() ** 2)));
  return [
    { name: 'pairs', width, eps: 0.5, minSamples: 2, faces: crowd },
    { name: 'dense', width, eps: 0.6, minSamples: 6, faces: crowd },
    { name: 'bursts', width, eps: 0.5, minSamples: 2, faces: bursts(width) },
  ];
}

/** Three bursts of 150 pictures each, so near that they fill each other's lists: the first two are near one another. */
function bursts(width: number): Float32Array<ArrayBuffer>[] {
  const { face } = createIdentities(12, width, 0.02);
  const centre = face(0);
  const turned = (angle: number): Float32Array<ArrayBuffer> => {
    const side = face(1).map((value, i) => Math.cos(angle) * (centre[i] ?? 0) + Math.sin(angle) * value);
    return unit(side);
  };
  return [0, 0.45, 1.2].flatMap((angle) =>
    Array.from({ length: 150 }, () => {
      const noise = face(2);
      return unit(turned(angle).map((value, i) => value + 0.01 * (noise[i] ?? 0)));
    }),
  );
}
