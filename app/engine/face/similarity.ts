/**
 * A turn, a scale and a shift: (x, y) ↦ (a·x − b·y + tx, b·x + a·y + ty).
 * Coordinates are continuous: the first pixel of a row covers 0 to 1, its centre is at 0.5.
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** How many times longer things become. */
export function scaleOf({ a, b }: Similarity): number {
  return Math.hypot(a, b);
}

export function applyTo({ a, b, tx, ty }: Similarity, x: number, y: number): [x: number, y: number] {
  return [a * x - b * y + tx, b * x + a * y + ty];
}

/** First `inner`, then `outer`. */
export function compose(outer: Similarity, inner: Similarity): Similarity {
  const [tx, ty] = applyTo(outer, inner.tx, inner.ty);
  return { a: outer.a * inner.a - outer.b * inner.b, b: outer.b * inner.a + outer.a * inner.b, tx, ty };
}

/**
 * The similarity without reflection that brings `from` closest to `to` in the sense of least squares
 * (Umeyama 1991, equations 40 to 43; in the plane the singular value decomposition has this closed form).
 * Both are n × (x, y). Points that all coincide give a shift alone.
 */
export function fitSimilarity(from: Float32Array, to: Float32Array): Similarity {
  const count = from.length / 2;
  const [fromX, fromY] = centroid(from);
  const [toX, toY] = centroid(to);
  let variance = 0;
  let along = 0;
  let across = 0;
  for (let i = 0; i < count; i++) {
    const x = (from[2 * i] ?? 0) - fromX;
    const y = (from[2 * i + 1] ?? 0) - fromY;
    const u = (to[2 * i] ?? 0) - toX;
    const v = (to[2 * i + 1] ?? 0) - toY;
    variance += x * x + y * y;
    along += x * u + y * v;
    across += x * v - y * u;
  }
  const a = variance > 0 ? along / variance : 1;
  const b = variance > 0 ? across / variance : 0;
  return { a, b, tx: toX - a * fromX + b * fromY, ty: toY - b * fromX - a * fromY };
}

function centroid(points: Float32Array): [x: number, y: number] {
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < points.length; i += 2) {
    x += points[i] ?? 0;
    y += points[i + 1] ?? 0;
  }
  const count = Math.max(points.length / 2, 1);
  return [x / count, y / count];
}
