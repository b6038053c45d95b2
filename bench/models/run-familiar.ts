/**
 * Finds, aligns and embeds the faces of the demo photos on two cores. With `kept`, it also makes what the library keeps
 * of each face, as the import does: the crop as WebP, and how sharp it is.
 */
import { alignFace } from '../../app/engine/face/align.ts';
import { createSampler } from '../../app/engine/face/sampler.ts';
import { templateOf } from '../../app/engine/face/templates.ts';
import type { MediaService } from '../../app/engine/image/media-service.ts';
import type { RgbImage } from '../../app/engine/image/rgb-image.ts';
import type { DetectedFace } from '../../app/engine/model/model-service.ts';
import { startModels } from '../../app/engine/model/start-models.ts';
import { findInstallation } from '../../app/workers/installation.ts';
import { createPool } from '../../app/workers/pool.ts';
import { spawnThread } from '../../app/workers/spawn.ts';
import { demoPhotos } from '../../test/fixtures/photos.ts';
import { serveRounds, type Box } from './peer.ts';

const threads = 2;
const { packDir } = findInstallation(import.meta.dirname);
const { remote: media } = createPool<MediaService>(spawnThread, 'media', threads);
const opened = startModels({ packDir, spawn: spawnThread, threads });
const models = await opened.get();
const { template } = opened.packs().embedder;
const kept = process.argv[2] === 'kept';

serveRounds(demoPhotos, (photos) => Promise.all(photos.map(lookAt)));

async function lookAt(path: string): Promise<Box[]> {
  const image = await media.look({ path });
  const [faces = []] = await models.detect({ images: [image] });
  const chips = await align(image, faces);
  await models.embed({ chips: new Uint8Array(Buffer.concat(chips)), count: chips.length });
  const { width, height } = image;
  return faces.map(({ box: [left, top, w, h] }) => [left / width, top / height, w / width, h / height]);
}

async function align(image: RgbImage, faces: readonly DetectedFace[]): Promise<Uint8Array[]> {
  if (kept) return (await media.cut({ image, faces, template })).map(({ chip }) => chip);
  const sampler = createSampler(image);
  return faces.map((face) => alignFace(sampler, face, templateOf(template)));
}
