/** Where the tiles of a uniform grid lie. Lengths are CSS pixels. */
export interface GridLayout {
  readonly count: number;
  readonly columns: number;
  readonly tile: number;
  readonly rowHeight: number;
  readonly rows: number;
  readonly height: number;
}

export interface GridShape {
  /** Narrowest a tile may be. */
  readonly minTile: number;
  readonly gap: number;
  /** Height of a tile beyond its square picture. */
  readonly below: number;
  /** Height of a tile, where it is a row of a list over the whole width. */
  readonly row?: number;
}

/** As many columns as fit, tiles stretched to fill the width. */
export function layoutGrid(count: number, width: number, { minTile, gap, below, row }: GridShape): GridLayout {
  if (row !== undefined) return { count, columns: 1, tile: width, rowHeight: row, rows: count, height: count * row };
  const columns = Math.max(1, Math.floor((width + gap) / (minTile + gap)));
  const tile = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  const rowHeight = tile + below + gap;
  const rows = Math.ceil(count / columns);
  return { count, columns, tile, rowHeight, rows, height: Math.max(0, rows * rowHeight - gap) };
}

/** The rows `[first, end)` that touch the window from `top` over `height`, and `spare` rows around them. */
export function visibleRows(
  layout: GridLayout,
  top: number,
  height: number,
  spare: number,
): { first: number; end: number } {
  const first = Math.max(0, Math.floor(top / layout.rowHeight) - spare);
  const end = Math.min(layout.rows, Math.ceil((top + height) / layout.rowHeight) + spare);
  return { first, end: Math.max(first, end) };
}

/** Where an arrow key, Home or End leads in a grid; null where the key does nothing. */
export function stepInGrid(key: string, index: number, columns: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index - columns,
    ArrowDown: index + columns,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  if (to === undefined || count === 0) return null;
  if (to < 0) return key === 'ArrowUp' ? index : 0;
  if (to < count) return to;
  // Down from the last full row goes to the end of the shorter one below it.
  const lastRow = Math.floor((count - 1) / columns);
  return Math.floor(index / columns) < lastRow || key !== 'ArrowDown' ? count - 1 : index;
}
