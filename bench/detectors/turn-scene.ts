import sharp from 'sharp';

import type { Box, Scene } from './scene.ts';

/** The scene turned clockwise, as a camera that was held so and does not say it would save it. */
export async function turnScene({ image, faces, patches }: Scene, quarters: 1 | 2 | 3): Promise<Scene> {
  const { width, height } = image;
  const { data, info } = await sharp(image.data, { raw: { width, height, channels: 3 } })
    .rotate(90 * quarters)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const turned = ([left, top, wide, high]: Box): Box => {
    if (quarters === 2) return [width - left - wide, height - top - high, wide, high];
    return quarters === 1 ? [height - top - high, left, high, wide] : [top, width - left - wide, high, wide];
  };
  return {
    row: `turned by ${90 * quarters}°`,
    image: { width: info.width, height: info.height, data: new Uint8Array(data) },
    faces: faces.map(turned),
    patches: patches.map(turned),
  };
}
