import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createEvaluationFaces } from '../db/evaluation-faces.ts';
import { centralFaces } from './central-faces.ts';
import { clusterMeasures } from './cluster-measures.ts';
import { crossAge } from './cross-age.ts';
import { distancesOfEmbedder } from './distances-in-words.ts';
import { folderPairs } from './folder-pairs.ts';
import { folderPhotos, type FolderPhoto } from './folder-photos.ts';
import { parseLfwPairs } from './lfw-pairs.ts';
import { pairDistances } from './pair-distances.ts';
import { verification } from './verification.ts';

/**
 * Measures the recognition on photos whose people are known and which the open library has scanned. The face of a
 * photo is its most prominent one. A photo without a face is `undetected`, and a pair with it is never accepted:
 * wrong if it is one person, right if it is two.
 */
export function createEvaluation(context: EngineContext): Subject<'evaluate.pairs' | 'evaluate.folders'> {
  const faces = createEvaluationFaces(context.db.sql);
  const restOf = (signal: AbortSignal) => async (): Promise<void> => {
    await setImmediate();
    if (signal.aborted || context.closing.aborted) throw new Failure('cancelled', 'cancelled');
  };
  return {
    handlers: {
      /** By the LFW protocol: the pairs and folds of the file, the photos at `root/Name/Name_0001.jpg`. */
      'evaluate.pairs': async ({ root, pairs }, signal) => {
        const { embeddingVersion: version, embedder } = context.packs();
        const judged = centralFaces(faces, root, version);
        const { undetected, ...counted } = pairDistances(faces, judged, parseLfwPairs(pairs), version);
        const measures = await verification(counted, restOf(signal));
        return { ...measures, undetected, distances: distancesOfEmbedder(embedder) };
      },
      /**
       * Each folder in `root` is a person: all pairs of their photos, and how well the library groups the faces. Photos in
       * a folder `young` of a person show the same person at a younger age.
       */
      'evaluate.folders': async ({ root }, signal) => {
        const { embeddingVersion: version, embedder } = context.packs();
        const photos = folderPhotos(centralFaces(faces, root, version));
        const found = photos.filter(({ face }) => face !== null);
        const vectors = { faces, version, dimensions: embedder.dimensions };
        const rest = restOf(signal);
        const distances = distancesOfEmbedder(embedder);
        const counted = await folderPairs(photos, vectors, rest);
        const people = Int32Array.from(found, ({ person }) => person);
        const across = await crossAge(photos, groupsOf(found), vectors, distances, rest);
        return {
          ...(await verification(counted, rest)),
          distances,
          undetected: photos.length - found.length,
          ...clusterMeasures(people, groupsOf(found)),
          ...(across && { crossAge: across }),
        };
      },
    },
  };
}

/** The person or group each face is shown as; a face of nobody is alone. */
function groupsOf(found: readonly FolderPhoto[]): Int32Array {
  return Int32Array.from(found, (photo, i) => photo.face?.person ?? -1 - i);
}
