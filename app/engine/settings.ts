/**
 * Every size and threshold of the engine that belongs to no model pack. Each line has its unit, its range
 * and where the number comes from.
 */
export const settings = {
  import: {},
  face: {},
  cluster: {},
  search: {},
} as const;
