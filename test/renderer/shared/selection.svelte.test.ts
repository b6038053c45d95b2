import { describe, expect, it } from 'vitest';

import { Selection } from '../../../renderer/shared/selection.svelte.ts';

const setUp = (ids = [1, 2, 3, 4, 5]) => new Selection(() => ids);

describe('a selection', () => {
  it('takes and leaves single items', () => {
    const selection = setUp();
    selection.toggle(2);
    selection.toggle(4);
    selection.toggle(2);
    expect(selection.inOrder).toEqual([4]);
  });

  it('extends from the item chosen last, in either direction', () => {
    const selection = setUp();
    selection.toggle(4);
    selection.extendTo(2);
    expect(selection.inOrder).toEqual([2, 3, 4]);
    selection.extendTo(5);
    expect(selection.inOrder).toEqual([2, 3, 4, 5]);
  });

  it('begins a range where nothing was chosen', () => {
    const selection = setUp();
    selection.extendTo(3);
    selection.extendTo(5);
    expect(selection.inOrder).toEqual([3, 4, 5]);
  });

  it('leaves out what the list no longer holds', () => {
    let ids = [1, 2, 3];
    const selection = new Selection(() => ids);
    selection.all();
    ids = [1, 3];
    expect(selection.inOrder).toEqual([1, 3]);
  });

  it('is empty after clear, and so is its range', () => {
    const selection = setUp();
    selection.toggle(1);
    selection.clear();
    selection.extendTo(3);
    expect(selection.inOrder).toEqual([3]);
  });
});
