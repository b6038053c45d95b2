import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';

import type { PhotoId } from '../../../app/contract/ids.ts';
import type { Timeline } from '../../../app/contract/model.ts';
import { TimelineController } from '../../../renderer/photos/timeline.svelte.ts';

const month = (name: string, first: number, n: number): Timeline['months'][number] => ({
  month: name,
  ids: Array.from({ length: n }, (_, i) => (first + i) as PhotoId),
  ratios: Array.from({ length: n }, () => 1.5),
});

function setUp() {
  const inputs = $state({
    timeline: { total: 300, months: [month('2019-02', 1, 100), month('2019-01', 101, 200)] },
    width: 1000,
    rowHeight: 200,
    top: 0,
    height: 800,
  });
  const controller = new TimelineController({
    timeline: () => inputs.timeline,
    width: () => inputs.width,
    rowHeight: () => inputs.rowHeight,
    top: () => inputs.top,
    height: () => inputs.height,
  });
  return { inputs, controller };
}

/** Runs in an effect root, as a component would. */
function inRoot(work: () => void): void {
  const stop = $effect.root(work);
  flushSync();
  stop();
}

describe('the timeline', () => {
  it('draws the rows that are seen and some around them, not the others', () =>
    inRoot(() => {
      const { inputs, controller } = setUp();
      expect(controller.drawn[0]).toBe(1);
      expect(controller.drawn.length).toBeLessThan(60);
      inputs.top = controller.layout.height - 800;
      expect(controller.drawn.at(-1)).toBe(300);
      expect(controller.drawn).not.toContain(1);
    }));

  it('keeps the photo at the top edge in place when the window gets narrower', () =>
    inRoot(() => {
      const { inputs, controller } = setUp();
      inputs.top = 5000;
      controller.hold();
      const before = controller.drawn;
      inputs.width = 600;
      const top = controller.heldTop()!;
      expect(top).not.toBe(5000);
      inputs.top = top;
      expect(controller.drawn.some((id) => before.includes(id))).toBe(true);
    }));

  it('keeps the photo at the top edge in place when photos are added above', () =>
    inRoot(() => {
      const { inputs, controller } = setUp();
      inputs.top = 3000;
      controller.hold();
      const height = controller.layout.height;
      inputs.timeline = { total: 350, months: [month('2019-03', 1000, 50), ...inputs.timeline.months] };
      expect(controller.heldTop()).toBeCloseTo(3000 + controller.layout.height - height, 6);
    }));

  it('stays at the top while photos come in there', () =>
    inRoot(() => {
      const { inputs, controller } = setUp();
      controller.hold();
      inputs.timeline = { total: 350, months: [month('2019-03', 1000, 50), ...inputs.timeline.months] };
      expect(controller.heldTop()).toBeNull();
    }));

  it('moves the keyboard from photo to photo', () =>
    inRoot(() => {
      const { controller } = setUp();
      expect(controller.step('ArrowRight')).toBe(true);
      expect(controller.active).toBe(1);
      expect(controller.step('a')).toBe(false);
    }));
});
