import type { Box } from '../../app/contract/model.ts';

/** A rectangle in CSS pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies when it is shown as large as it goes in the middle of a frame, never beyond `scale`. */
export function fitPicture(picture: Size, frame: Size, scale = Infinity): Place {
  const factor = Math.min(frame.width / picture.width, frame.height / picture.height, scale);
  const width = picture.width * factor;
  const height = picture.height * factor;
  return { left: (frame.width - width) / 2, top: (frame.height - height) / 2, width, height };
}

/** Where a face's box lies on a picture that is shown at `shown`. */
export function placeFace(box: Box, picture: Size, shown: Place): Place {
  const factor = shown.width / picture.width;
  return {
    left: shown.left + box[0] * factor,
    top: shown.top + box[1] * factor,
    width: box[2] * factor,
    height: box[3] * factor,
  };
}

/** Where a place on the picture lies in its own pixels: the other way round. */
export function boxOfPlace(place: Place, picture: Size, shown: Place): Box {
  const factor = picture.width / shown.width;
  return [
    (place.left - shown.left) * factor,
    (place.top - shown.top) * factor,
    place.width * factor,
    place.height * factor,
  ];
}

/** The rectangle between two corners, kept within `bounds`. */
export function placeBetween(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  bounds: Place,
): Place {
  const across = (x: number): number => Math.min(bounds.left + bounds.width, Math.max(bounds.left, x));
  const down = (y: number): number => Math.min(bounds.top + bounds.height, Math.max(bounds.top, y));
  const [left, right] = [across(Math.min(x1, x2)), across(Math.max(x1, x2))];
  const [top, bottom] = [down(Math.min(y1, y2)), down(Math.max(y1, y2))];
  return { left, top, width: right - left, height: bottom - top };
}

/** The label stands under its face, above it where there is no room below, and never leaves the frame. */
export function placeLabel(face: Place, label: Size, frame: Size): { left: number; top: number } {
  const margin = 8;
  const left = face.left + face.width / 2 - label.width / 2;
  const below = face.top + face.height + margin;
  const fits = below + label.height + margin <= frame.height;
  const top = fits ? below : Math.max(margin, face.top - margin - label.height);
  return { left: Math.max(margin, Math.min(left, frame.width - label.width - margin)), top };
}
