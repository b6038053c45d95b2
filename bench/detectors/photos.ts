import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { shared } from '../../test/fixtures/photos.ts';
import { decode } from './composites.ts';
import type { Box, Scene } from './scene.ts';

/** Photos of lfw-dev, as they are, that are looked at: every one of so many. */
const lfwStep = 12;

/** The annotated group photos. */
export async function* groupPhotos(): AsyncGenerator<Scene> {
  const dir = shared('data/photos/groups');
  const truth = JSON.parse(readFileSync(join(dir, 'truth.json'), 'utf8')) as { boxes: Record<string, Box[]> };
  for (const [file, faces] of Object.entries(truth.boxes)) {
    if (faces.length === 0) continue;
    yield { row: 'group photos', image: await decode(sharp(join(dir, file))), faces, patches: [] };
  }
}

/** Photos of lfw-dev: the face in the middle is known, others may be there. */
export async function* lfwPhotos(): AsyncGenerator<Scene> {
  const root = shared('data/lfw-dev');
  const files = readdirSync(root).flatMap((name) =>
    readdirSync(join(root, name)).map((file) => join(root, name, file)),
  );
  for (const file of files.filter((_, i) => i % lfwStep === 0)) {
    const image = await decode(sharp(file));
    yield { row: 'lfw-dev as it is', image, faces: [[77.5, 68, 95, 114]], patches: [[0, 0, 250, 250]] };
  }
}
