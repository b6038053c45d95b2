import { describe, expect, it } from 'vitest';

import { CommandKeys, type Command, type KeyPress } from '../../../renderer/shared/commands.ts';

const key = (name: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

/** What a row of presses leads to, one every `apart` milliseconds. */
function press(presses: readonly KeyPress[], apart = 200): (Command | null)[] {
  const keys = new CommandKeys();
  return presses.map((each, i) => keys.press(each, i * apart));
}

describe('the keys of the window', () => {
  it('go to a page after g', () => {
    expect(press([key('g'), key('p')])).toEqual([null, 'photos']);
    expect(press([key('g'), key('o')])).toEqual([null, 'people']);
    expect(press([key('g'), key('i')])).toEqual([null, 'improve']);
    expect(press([key('g'), key('n')])).toEqual([null, 'insights']);
  });

  it('forget the g after a while', () => {
    expect(press([key('g'), key('p')], 2000)).toEqual([null, null]);
  });

  it('forget the g after another key', () => {
    expect(press([key('g'), key('x'), key('p')])).toEqual([null, null, null]);
  });

  it('undo and redo with either modifier', () => {
    expect(press([key('z', { ctrlKey: true })])).toEqual(['undo']);
    expect(press([key('Z', { metaKey: true, shiftKey: true })])).toEqual(['redo']);
    expect(press([key('y', { ctrlKey: true })])).toEqual(['redo']);
  });

  it('leave letters with a modifier to the system', () => {
    expect(press([key('p', { ctrlKey: true }), key('g', { altKey: true }), key('/', { ctrlKey: true })])).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('find keys that need Shift', () => {
    expect(press([key('?', { shiftKey: true }), key('+', { shiftKey: true }), key('=')])).toEqual([
      'keys',
      'larger',
      'larger',
    ]);
  });
});
