export interface Cost {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}

/** What `work` gives, and what it cost this process with all its threads. */
export async function measure<T>(work: () => T | Promise<T>): Promise<Cost & { readonly value: T }> {
  const start = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, wall: performance.now() - start, cpu: (user + system) / 1000 };
}

/** A row of a Markdown table. */
export function row(...cells: readonly (string | number)[]): void {
  console.log(`| ${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell)).join(' | ')} |`);
}

/** A table's first two lines. */
export function head(...cells: readonly string[]): void {
  row(...cells);
  console.log(`|${' --- |'.repeat(cells.length)}`);
}

export function residentMegabytes(): string {
  return `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`;
}
