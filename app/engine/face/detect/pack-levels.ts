/** A rectangle of pixels. */
export interface Placed {
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Lays rectangles, the largest first, side by side on one canvas as wide as the first, at even places: the first corner
 * that is free is cut into what is left beside and below (guillotine packing). A pyramid of pictures, each 0.709 times as
 * large as the one before, takes a tenth more than its pixels.
 */
export function packLevels<L extends Size>(levels: readonly L[]): Size & { readonly levels: readonly (L & Placed)[] } {
  const width = even(levels[0]?.width ?? 0);
  const free = [{ left: 0, top: 0, width, height: Infinity }];
  let bottom = 0;
  const placed = levels.map((level) => {
    const [wide, high] = [even(level.width), even(level.height)];
    const at = free.findIndex((space) => space.width >= wide && space.height >= high);
    // The space below everything is never full.
    const space = free[at] ?? { left: 0, top: bottom, width, height: Infinity };
    free.splice(
      at,
      1,
      { left: space.left + wide, top: space.top, width: space.width - wide, height: high },
      { ...space, top: space.top + high, height: space.height - high },
    );
    bottom = Math.max(bottom, space.top + high);
    return { ...level, left: space.left, top: space.top };
  });
  return { width, height: bottom, levels: placed };
}

function even(length: number): number {
  return 2 * Math.ceil(length / 2);
}
