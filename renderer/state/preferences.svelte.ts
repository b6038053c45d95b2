export type Theme = 'system' | 'light' | 'dark';

export interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const key = 'familiar.preferences.1';
const themes: readonly Theme[] = ['system', 'light', 'dark'];
/** Heights that rows of photos aim at, in CSS pixels. */
export const rowHeights = [128, 200, 300] as const;

/** How one user likes the interface on this machine; nothing of the library. */
export class Preferences {
  theme = $state<Theme>('system');
  /** Index into `rowHeights`. */
  photoSize = $state(1);
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
    const kept = parse(keeper.getItem(key));
    if (themes.includes(kept.theme as Theme)) this.theme = kept.theme as Theme;
    if (typeof kept.photoSize === 'number' && kept.photoSize in rowHeights) this.photoSize = kept.photoSize;
  }

  get rowHeight(): number {
    return rowHeights[this.photoSize] ?? rowHeights[1];
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.#keep();
  }

  resize(step: 1 | -1): void {
    this.photoSize = Math.max(0, Math.min(rowHeights.length - 1, this.photoSize + step));
    this.#keep();
  }

  #keep(): void {
    this.#keeper.setItem(key, JSON.stringify({ theme: this.theme, photoSize: this.photoSize }));
  }
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Preferences that cannot be read are worth no question: the defaults are used and written next time.
    return {};
  }
}
