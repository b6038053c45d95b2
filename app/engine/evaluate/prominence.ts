/** A face and the picture it is in, all in the same pixels. */
export interface FacePlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly photoWidth: number;
  readonly photoHeight: number;
}

/**
 * How much a face is the subject of its picture: its area, less the farther it is from the middle (by the square of
 * the way to the corner that is left). The person that an LFW photo is named after is the one in the middle.
 */
export function prominence(face: FacePlace): number {
  const x = face.left + face.width / 2 - face.photoWidth / 2;
  const y = face.top + face.height / 2 - face.photoHeight / 2;
  const away = Math.hypot(x, y) / Math.hypot(face.photoWidth / 2, face.photoHeight / 2);
  return face.width * face.height * Math.max(0, 1 - away) ** 2;
}
