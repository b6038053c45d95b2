import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createEvaluationFaces } from '../db/evaluation-faces.ts';
import { centralFaces } from './central-faces.ts';
import { clusterMeasures } from './cluster-measures.ts';
import { crossAge } from './cross-age.ts';
import { folderPairs, withVectors } from './folder-pairs.ts';
import { folderPhotos, type FolderPhoto } from './folder-photos.ts';
import { parseLfwPairs } from './lfw-pairs.ts';
import { joinCounts } from './pair-counts.ts';
import { pairDistances } from './pair-distances.ts';
import { verification } from './verification.ts';

/**
 * Measures the recognition on photos whose people are known and which the open library has scanned. The face of a
 * photo is its most prominent one. A photo without a face is `undetected`, and a pair with it is never accepted:
 * wrong if it is one person, right if it is two.
 */
export function createEvaluation(context: EngineContext): Subject<'evaluate.pairs' | 'evaluate.folders'> {
  const faces = createEvaluationFaces(context.db.sql);
  return {
    handlers: {
      /** By the LFW protocol: the pairs and folds of the file, the photos at `root/Name/Name_0001.jpg`. */
      'evaluate.pairs': ({ root, pairs }) => {
        const version = context.packs().embeddingVersion;
        const { folds, undetected } = pairDistances(
          faces,
          centralFaces(faces, root, version),
          parseLfwPairs(pairs),
          version,
        );
        return { ...verification(folds, folds.reduce(joinCounts)), undetected };
      },
      /**
       * Each folder in `root` is a person: all pairs of their photos, and how well the library groups the faces. Photos in
       * a folder `young` of a person show the same person at a younger age.
       */
      'evaluate.folders': async ({ root }, signal) => {
        const { embeddingVersion: version, embedder } = context.packs();
        const photos = folderPhotos(centralFaces(faces, root, version));
        const found = photos.filter(({ face }) => face !== null);
        const compared = withVectors(photos, { faces, version });
        const rest = async (): Promise<void> => {
          await setImmediate();
          if (signal.aborted || context.closing.aborted) throw new Failure('cancelled', 'cancelled');
        };
        const { folds, all } = await folderPairs(compared, embedder.dimensions, rest);
        const people = Int32Array.from(found, ({ person }) => person);
        const across = await crossAge(photos, compared, embedder.dimensions, groupsOf(found), rest);
        return {
          ...verification(folds, all),
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
