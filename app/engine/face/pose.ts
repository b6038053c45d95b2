/** How a head is turned, in degrees. */
export interface Pose {
  /** Positive where the nose points to the right of the picture. */
  readonly yaw: number;
  /** Positive where the face looks down. */
  readonly pitch: number;
  /** Positive where the head is turned clockwise in the picture. */
  readonly roll: number;
}

/**
 * A head as three measures, in units of the distance between the eyes: how far the tip of the nose stands out, how far
 * the mouth is below the eyes, and how far down that way the nose is. The last two are those of the ArcFace template,
 * the first is that of an average head.
 */
const noseDepth = 0.55;
const mouthDrop = 1.155;
const noseDrop = 0.495;

/**
 * Estimates the pose from five points (subject's right eye first, 5 × (x, y)), for a distant camera. Rough: some
 * 10 degrees for yaw, more for pitch, which a long nose or an open mouth changes.
 */
export function estimatePose(points: Float32Array): Pose {
  const at = (i: number): [number, number] => [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
  const [rightEye, leftEye, nose, rightMouth, leftMouth] = [at(0), at(1), at(2), at(3), at(4)];
  const eyes = middle(rightEye, leftEye);
  const mouth = middle(rightMouth, leftMouth);
  // Eyes and mouth both tell the roll; a head in profile has its eyes close together.
  const across = [leftEye[0] - rightEye[0], leftEye[1] - rightEye[1]] as const;
  const down = [mouth[0] - eyes[0], mouth[1] - eyes[1]] as const;
  const roll = Math.atan2(across[1] - down[0], across[0] + down[1]);
  const upright = ([x, y]: readonly [number, number]): [number, number] => [
    x * Math.cos(roll) + y * Math.sin(roll),
    y * Math.cos(roll) - x * Math.sin(roll),
  ];
  const [eyeDistance] = upright(across);
  const [mouthShift, mouthDistance] = upright(down);
  const [noseShift, noseDistance] = upright([nose[0] - eyes[0], nose[1] - eyes[1]]);
  const part = mouthDistance > 0 ? noseDistance / mouthDistance : noseDrop;
  const sideways = noseShift - mouthShift * part;
  return {
    yaw: degrees(Math.atan2(sideways, noseDepth * Math.max(eyeDistance, 0))),
    pitch: degrees(Math.atan(((part - noseDrop) * mouthDrop) / noseDepth)),
    roll: degrees(roll),
  };
}

function middle(one: readonly [number, number], other: readonly [number, number]): [number, number] {
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
