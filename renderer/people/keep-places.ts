/**
 * The order in which to show what is there now, so that nothing the user looks at moves: who was shown keeps
 * the place, who is new comes at the end, who is gone leaves no gap.
 */
export function keepPlaces<Item extends { readonly id: Id }, Id>(shown: readonly Id[], items: readonly Item[]): Item[] {
  const left = new Map(items.map((item) => [item.id, item]));
  const kept: Item[] = [];
  for (const id of shown) {
    const item = left.get(id);
    if (!item) continue;
    kept.push(item);
    left.delete(id);
  }
  return [...kept, ...left.values()];
}
