/** Embeddings on the same weights agree to this cosine, whatever runs them in 32-bit floats. */
export const leastCosine = 0.9999;

/** The cosine of the angle between two vectors. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let product = 0;
  let squareOne = 0;
  let squareOther = 0;
  for (let i = 0; i < one.length; i++) {
    product += (one[i] ?? 0) * (other[i] ?? 0);
    squareOne += (one[i] ?? 0) ** 2;
    squareOther += (other[i] ?? 0) ** 2;
  }
  return product / Math.sqrt(squareOne * squareOther);
}

/** A vector as a manifest keeps it: base64 of little-endian 32-bit floats. */
export function encodeGolden(vector: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(4 * vector.length));
  vector.forEach((value, i) => bytes.setFloat32(4 * i, value, true));
  return Buffer.from(bytes.buffer).toString('base64');
}

export function decodeGolden(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readFloatLE(4 * i));
}
