/**
 * The learning rate of step `step` of `steps`: from `initial` down to nothing along half a cosine
 * (Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5, without restarts).
 */
export function cosineAnnealing(initial: number, step: number, steps: number): number {
  return (initial * (1 + Math.cos((Math.PI * step) / steps))) / 2;
}
