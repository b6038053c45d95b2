import { settings } from '../settings.ts';
import type { Pose } from './pose.ts';

export interface QualityInput {
  /** Longer side of the box in pixels of the picture that the chip was cut from. */
  readonly side: number;
  /** 0 to 1, see `sharpnessOf`. */
  readonly sharpness: number;
  readonly pose: Pose;
  /** The detector's, 0 to 1. */
  readonly score: number;
}

/**
 * How well a face can be told from others: 0 (useless) to 1 (sharp, large, frontal). Small faces are also blurred,
 * so size and sharpness count by their geometric mean; each of the other terms alone can make a face useless.
 */
export function qualityOf({ side, sharpness, pose, score }: QualityInput): number {
  const { uselessSide, amplePixels, uselessYaw, uselessPitch } = settings.face;
  const size = between(uselessSide, amplePixels, side);
  const turned = Math.hypot(pose.yaw / uselessYaw, pose.pitch / uselessPitch);
  const frontal = 1 - Math.min(1, turned) ** 2;
  return Math.sqrt(size * sharpness) * frontal * Math.min(Math.max(score, 0), 1);
}

/** 0 at `low`, 1 at `high`, straight in between. */
function between(low: number, high: number, value: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}
