import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import sharp from 'sharp';

import type { Remote } from '../../app/workers/channel.ts';
import { cutFaces } from '../../app/engine/face/cut-faces.ts';
import { estimatePose } from '../../app/engine/face/pose.ts';
import { qualityOf } from '../../app/engine/face/quality.ts';
import type { RgbImage } from '../../app/engine/image/rgb-image.ts';
import type { DetectedFace, ModelService } from '../../app/engine/model/model-service.ts';

/** Faces whose person is known: row i of `vectors` is of person `people[i]`. */
export interface KnownFaces {
  readonly people: readonly number[];
  /** Below the folder: `Anna/Anna_0001.jpg`. */
  readonly paths: readonly string[];
  readonly quality: readonly number[];
  readonly dimensions: number;
  readonly vectors: Float32Array<ArrayBuffer>;
}

const photosAtOnce = 16;

/** Embeds the most central face of every photo below `root`, which holds a folder per person. */
export async function embedFolders(
  root: string,
  models: Remote<ModelService>,
  { template, dimensions }: { readonly template: string; readonly dimensions: number },
): Promise<KnownFaces> {
  const photos = readdirSync(root)
    .sort()
    .flatMap((name, person) =>
      readdirSync(join(root, name))
        .sort()
        .map((file) => ({ person, path: join(root, name, file) })),
    );
  const people: number[] = [];
  const paths: string[] = [];
  const quality: number[] = [];
  const rows: Float32Array[] = [];
  for (let first = 0; first < photos.length; first += photosAtOnce) {
    const some = photos.slice(first, first + photosAtOnce);
    const images = await Promise.all(some.map(({ path }) => readRgb(path)));
    const found = await models.detect({ images });
    const chips: Uint8Array[] = [];
    for (const [i, image] of images.entries()) {
      const face = mostCentral(image, found[i] ?? []);
      const [cut] = face ? cutFaces(image, [face], template) : [];
      if (!face || !cut) continue;
      chips.push(cut.chip);
      people.push(some[i]?.person ?? -1);
      paths.push(relative(root, some[i]?.path ?? ''));
      const side = Math.max(face.box[2], face.box[3]);
      quality.push(qualityOf({ side, sharpness: cut.sharpness, pose: estimatePose(face.points), score: face.score }));
    }
    rows.push(await models.embed({ chips: new Uint8Array(Buffer.concat(chips)), count: chips.length }));
  }
  const vectors = new Float32Array(people.length * dimensions);
  let at = 0;
  for (const row of rows) {
    vectors.set(row, at);
    at += row.length;
  }
  return { people, paths, quality, dimensions, vectors };
}

async function readRgb(path: string): Promise<RgbImage> {
  const { data, info } = await sharp(path)
    .rotate()
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

function mostCentral(image: RgbImage, faces: readonly DetectedFace[]): DetectedFace | undefined {
  const offCentre = ({ box: [left, top, width, height] }: DetectedFace): number =>
    Math.hypot(left + width / 2 - image.width / 2, top + height / 2 - image.height / 2);
  return faces.toSorted((a, b) => offCentre(a) - offCentre(b))[0];
}
