/** Pairs in one list: first, second, first, second, … Of a first that comes twice the last second counts. */
export function asMap(...lists: readonly Int32Array[]): Map<number, number> {
  const map = new Map<number, number>();
  for (const list of lists) for (let i = 0; i < list.length; i += 2) map.set(list[i] ?? 0, list[i + 1] ?? 0);
  return map;
}
