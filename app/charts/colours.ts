/** Colours of every chart: told apart by those who see red and green alike, on light and on dark ground. */
export const colours = {
  same: 'var(--chart-same, #0b7fab)',
  different: 'var(--chart-different, #d1651b)',
} as const;
