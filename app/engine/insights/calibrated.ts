import type { ChosenDistances } from '../db/chosen-distances.ts';
import type { Recognition } from '../recognition.ts';

/** The recognition with the distances that the user chose for it. */
export function calibrated(standard: () => Recognition, chosen: ChosenDistances): () => Recognition {
  return () => {
    const recognition = standard();
    const distances = chosen.of(recognition.version);
    return distances ? { ...recognition, thresholds: { ...recognition.thresholds, ...distances } } : recognition;
  };
}
