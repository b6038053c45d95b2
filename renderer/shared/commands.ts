export type Command =
  | 'search'
  | 'photos'
  | 'people'
  | 'review'
  | 'improve'
  | 'insights'
  | 'settings'
  | 'undo'
  | 'redo'
  | 'keys'
  | 'larger'
  | 'smaller';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The shortcuts of the whole window, as the help lists them. A space separates keys pressed one after another. */
export const shortcuts: readonly { readonly keys: string; readonly command: Command }[] = [
  { keys: '/', command: 'search' },
  { keys: 'g p', command: 'photos' },
  { keys: 'g o', command: 'people' },
  { keys: 'g r', command: 'review' },
  { keys: 'g i', command: 'improve' },
  { keys: 'g n', command: 'insights' },
  { keys: 'g s', command: 'settings' },
  { keys: 'mod+z', command: 'undo' },
  { keys: 'mod+shift+z', command: 'redo' },
  { keys: 'mod+y', command: 'redo' },
  { keys: '+', command: 'larger' },
  { keys: '-', command: 'smaller' },
  { keys: '?', command: 'keys' },
];

/** Milliseconds within which the second key of a pair has to come. */
const pairMs = 1200;

/** Turns key presses into commands, pairs such as `g p` included. */
export class CommandKeys {
  #first: { readonly key: string; readonly at: number } | undefined;

  /** @param at milliseconds, from any zero */
  press(event: KeyPress, at: number): Command | null {
    const name = nameOf(event);
    const first = this.#first && at - this.#first.at <= pairMs ? `${this.#first.key} ${name}` : null;
    const found = shortcuts.find(({ keys }) => keys === first) ?? shortcuts.find(({ keys }) => keys === name);
    const begins = shortcuts.some(({ keys }) => keys.startsWith(`${name} `));
    this.#first = !found && begins ? { key: name, at } : undefined;
    return found?.command ?? null;
  }
}

function nameOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string {
  const letter = key.toLowerCase();
  if (altKey) return `alt+${letter}`;
  if (!ctrlKey && !metaKey) return letter === '=' ? '+' : letter;
  return `mod+${shiftKey ? 'shift+' : ''}${letter}`;
}
