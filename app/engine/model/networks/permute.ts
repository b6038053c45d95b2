import type { Weight } from './weights.ts';

/** Puts the dimensions of a tensor into another order: dimension `i` of the result is dimension `order[i]`. */
export function permute({ dims, values }: Weight, order: readonly number[]): Weight {
  const strides = dims.map((_, i) => dims.slice(i + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((from) => dims[from] ?? 1);
  const steps = order.map((from) => strides[from] ?? 1);
  const permuted = new Float32Array(values.length);
  const place = sizes.map(() => 0);
  for (let to = 0, from = 0; to < permuted.length; to++) {
    permuted[to] = values[from] ?? 0;
    for (let i = sizes.length - 1; i >= 0; i--) {
      const [next, size, step] = [(place[i] ?? 0) + 1, sizes[i] ?? 1, steps[i] ?? 1];
      from += step;
      place[i] = next;
      if (next < size) break;
      from -= step * size;
      place[i] = 0;
    }
  }
  return { dims: sizes, values: permuted };
}
