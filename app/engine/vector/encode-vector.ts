/**
 * Rounds each number of a vector to a whole number of at most `most`, into the beginning of `codes`: number ≈ code ×
 * `scale`. `error` is the length of what rounding took away. A vector of zeros has zeros and the scale 0.
 */
export function encodeVector(
  vector: Float32Array,
  codes: Int8Array | Int16Array,
  most: number,
): { readonly scale: number; readonly error: number } {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i] ?? 0;
    if (value > largest) largest = value;
    else if (-value > largest) largest = -value;
  }
  const scale = Math.fround(largest / most);
  const perUnit = scale > 0 ? 1 / scale : 0;
  let square = 0;
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i] ?? 0;
    const code = Math.floor(value * perUnit + 0.5);
    codes[i] = code;
    const lost = value - code * scale;
    square += lost * lost;
  }
  return { scale, error: Math.sqrt(square) };
}
