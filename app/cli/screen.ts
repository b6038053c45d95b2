/** Where progress and complaints go; a terminal tells its width. */
export type Screen = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
