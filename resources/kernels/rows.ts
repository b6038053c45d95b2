// AssemblyScript, compiled by `npm run kernels`: see app/engine/vector/row-kernel.ts.

/** The upper half of a vector in place of its lower one. */
function upper(numbers: v128): v128 {
  return i64x2.shuffle(numbers, numbers, 1, 1);
}

function addProducts(sums: v128, some: v128, others: v128): v128 {
  return f64x2.add(sums, f64x2.mul(f64x2.promote_low_f32x4(some), f64x2.promote_low_f32x4(others)));
}

function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** Four sums, each of every fourth product, in the order of `dotProduct`. */
export function dot(one: usize, other: usize, bytes: usize): f64 {
  let lowSums = f64x2.splat(0);
  let highSums = f64x2.splat(0);
  for (const end = one + bytes; one < end; one += 16, other += 16) {
    const some = v128.load(one);
    const others = v128.load(other);
    lowSums = addProducts(lowSums, some, others);
    highSums = addProducts(highSums, upper(some), upper(others));
  }
  return total(lowSums) + total(highSums);
}

export function add(sum: usize, row: usize, bytes: usize): void {
  for (const end = sum + bytes; sum < end; sum += 16, row += 16) {
    v128.store(sum, f32x4.add(v128.load(sum), v128.load(row)));
  }
}
