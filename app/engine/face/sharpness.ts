import { settings } from '../settings.ts';

/**
 * How sharp an RGB chip of `size × size` pixels is: 0 (blurred) to 1. It is v / (v + reference), where v is the
 * variance of the Laplacian of the luma (Pech-Pacheco et al. 2000) within the middle three quarters.
 */
export function sharpnessOf(chip: Uint8Array, size: number): number {
  const luma = new Float32Array(size * size);
  for (let i = 0, from = 0; i < luma.length; i++, from += 3) {
    luma[i] = 0.299 * (chip[from] ?? 0) + 0.587 * (chip[from + 1] ?? 0) + 0.114 * (chip[from + 2] ?? 0);
  }
  const margin = Math.max(1, size >> 3);
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = margin; y < size - margin; y++) {
    for (let x = margin, at = y * size + margin; x < size - margin; x++, at++) {
      const around = (luma[at - 1] ?? 0) + (luma[at + 1] ?? 0) + (luma[at - size] ?? 0) + (luma[at + size] ?? 0);
      const value = around - 4 * (luma[at] ?? 0);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  const variance = squares / count - (sum / count) ** 2;
  return variance / (variance + settings.face.sharpnessReference);
}
