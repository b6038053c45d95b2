import { describe, expect, it } from 'vitest';

import { boxOfPlace, fitPicture, placeBetween, placeFace, placeLabel } from '../../../renderer/photos/face-places.ts';

describe('a picture in a frame', () => {
  it('is shown as large as it goes, in the middle', () => {
    expect(fitPicture({ width: 4000, height: 3000 }, { width: 1000, height: 600 })).toEqual({
      left: 100,
      top: 0,
      width: 800,
      height: 600,
    });
  });

  it('is not enlarged beyond the limit', () => {
    expect(fitPicture({ width: 100, height: 100 }, { width: 1000, height: 600 }, 2).width).toBe(200);
  });
});

it('puts the box of a face where the face is on the picture as shown', () => {
  const shown = { left: 100, top: 0, width: 800, height: 600 };
  expect(placeFace([1000, 500, 400, 600], { width: 4000, height: 3000 }, shown)).toEqual({
    left: 300,
    top: 100,
    width: 80,
    height: 120,
  });
});

describe('the label of a face', () => {
  const label = { width: 200, height: 100 };
  const frame = { width: 1000, height: 600 };

  it('stands under the face', () => {
    expect(placeLabel({ left: 400, top: 100, width: 100, height: 100 }, label, frame)).toEqual({ left: 350, top: 208 });
  });

  it('stands above it where there is no room below', () => {
    expect(placeLabel({ left: 400, top: 450, width: 100, height: 100 }, label, frame).top).toBe(342);
  });

  it('never leaves the frame', () => {
    expect(placeLabel({ left: 0, top: 100, width: 40, height: 40 }, label, frame).left).toBe(8);
    expect(placeLabel({ left: 980, top: 100, width: 20, height: 40 }, label, frame).left).toBe(792);
    expect(placeLabel({ left: 0, top: 0, width: 1000, height: 600 }, label, frame).top).toBe(8);
  });
});

describe('boxOfPlace', () => {
  it('brings a place on the screen back to the pixels of the picture, as placeFace brought it there', () => {
    const picture = { width: 4000, height: 3000 };
    const shown = { left: 100, top: 50, width: 800, height: 600 };
    const box: [number, number, number, number] = [1000, 500, 400, 300];
    expect(boxOfPlace(placeFace(box, picture, shown), picture, shown)).toEqual(box);
  });
});

describe('placeBetween', () => {
  it('spans two corners in any order and stays on the picture', () => {
    const shown = { left: 100, top: 50, width: 800, height: 600 };
    expect(placeBetween([300, 200], [200, 100], shown)).toEqual({ left: 200, top: 100, width: 100, height: 100 });
    expect(placeBetween([0, 0], [150, 1000], shown)).toEqual({ left: 100, top: 50, width: 50, height: 600 });
  });
});
