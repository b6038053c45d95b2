/** Watches many products go by, for several questions at once: from which product one is among the best. */
export interface BestProducts {
  /** For each question a product that at least `k` of those seen reach, by 0.001 at most; −1 while they are fewer. */
  readonly least: Float64Array;
  see(question: number, product: number): void;
}

/** Bins that products from −1 to 1 are counted in. */
const bins = 2048;

export function createBestProducts(questions: number, k: number): BestProducts {
  const least = new Float64Array(questions).fill(-1);
  const counts = new Int32Array(questions * bins);
  /** Of each question the bin of `least`, and how many lie there or above. */
  const lowest = new Int32Array(questions);
  const above = new Int32Array(questions);

  return {
    least,
    see: (question, product) => {
      const bin = Math.max(0, Math.min(bins - 1, Math.floor((product + 1) * (bins / 2))));
      let low = lowest[question] ?? 0;
      if (bin < low) return;
      const first = question * bins;
      counts[first + bin] = (counts[first + bin] ?? 0) + 1;
      let more = (above[question] ?? 0) + 1;
      for (; more - (counts[first + low] ?? 0) >= k; low++) more -= counts[first + low] ?? 0;
      above[question] = more;
      lowest[question] = low;
      least[question] = (low / bins) * 2 - 1;
    },
  };
}
