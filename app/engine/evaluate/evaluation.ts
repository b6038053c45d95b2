import { setImmediate } from 'node:timers/promises';

import type { Output } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createEvaluationFaces, type EvaluationFaces } from '../db/evaluation-faces.ts';
import { allPairs, type LabelledVectors } from './all-pairs.ts';
import { centralFaces, type JudgedPhoto } from './central-faces.ts';
import { clusterMeasures } from './cluster-measures.ts';
import { crossValidate, hasBothKinds } from './cross-validate.ts';
import { pairDistances } from './pair-distances.ts';
import { joinCounts, totals, type PairCounts } from './pair-counts.ts';
import { parseLfwPairs } from './lfw-pairs.ts';
import { bestThreshold, rocOf } from './roc.ts';

/** Folds of the LFW protocol; fewer where there are fewer than two people for each. */
const mostFolds = 10;

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
      /** Each folder in `root` is a person: all pairs of their photos, and how well the library groups the faces. */
      'evaluate.folders': async ({ root }, signal) => {
        const { embeddingVersion, embedder } = context.packs();
        const judged = centralFaces(faces, root, embeddingVersion).filter((photo) => photo.path.includes('/'));
        const found = judged.filter((photo) => photo.face !== null);
        const people = numberPeople(judged);
        const labelled = readVectors(faces, found, people, embeddingVersion, embedder.dimensions);
        const folds = Math.max(1, Math.min(mostFolds, Math.floor(people.size / 2)));
        const counts = await allPairs(labelled, folds, async () => {
          await setImmediate();
          if (signal.aborted || context.closing.aborted) throw new Failure('cancelled', 'cancelled');
        });
        const dealt = counts.folds.map((compared, fold) =>
          joinCounts(
            compared,
            undetectedPairs(
              judged.filter((photo) => numberOf(photo, people) % folds === fold),
              people,
            ),
          ),
        );
        const all = [counts.between, ...counts.folds, undetectedPairs(judged, people)].reduce(joinCounts);
        return {
          ...verification(dealt, all),
          undetected: judged.length - found.length,
          ...clusterMeasures(labelled.people, groupsOf(found)),
        };
      },
    },
  };
}

type Verification = Pick<Output<'evaluate.pairs'>, 'accuracy' | 'std' | 'auc' | 'eer' | 'tar' | 'threshold' | 'pairs'>;

function verification(folds: readonly PairCounts[], all: PairCounts): Verification {
  if (!hasBothKinds(all)) {
    throw new Failure('bad-request', 'there have to be two photos of one person and photos of two people to compare');
  }
  const { same, different } = totals(all);
  const roc = rocOf(all);
  return {
    ...crossValidate(folds.some(hasBothKinds) ? folds : [all]),
    auc: roc.auc,
    eer: roc.eer,
    tar: { '0.01': roc.tarAt(0.01), '0.001': roc.tarAt(0.001), '0.0001': roc.tarAt(0.0001) },
    threshold: bestThreshold(all).threshold,
    pairs: same + different,
  };
}

function personOf(photo: JudgedPhoto): string {
  return photo.path.slice(0, photo.path.indexOf('/'));
}

/** Folders in order of their names, from 0 on. */
function numberPeople(judged: readonly JudgedPhoto[]): ReadonlyMap<string, number> {
  return new Map([...new Set(judged.map(personOf))].map((name, number) => [name, number]));
}

function numberOf(photo: JudgedPhoto, people: ReadonlyMap<string, number>): number {
  return people.get(personOf(photo)) ?? -1;
}

function readVectors(
  faces: EvaluationFaces,
  found: readonly JudgedPhoto[],
  people: ReadonlyMap<string, number>,
  version: string,
  dimensions: number,
): LabelledVectors {
  const vectors = new Float32Array(found.length * dimensions);
  for (const [i, photo] of found.entries()) {
    if (photo.face) vectors.set(faces.vector(photo.face.id, version), i * dimensions);
  }
  return { vectors, dimensions, people: Int32Array.from(found, (photo) => numberOf(photo, people)) };
}

/** The pairs with a photo where no face was found, at an infinite distance. */
function undetectedPairs(judged: readonly JudgedPhoto[], people: ReadonlyMap<string, number>): PairCounts {
  const photos = new Float64Array(people.size);
  const missed = new Float64Array(people.size);
  for (const photo of judged) {
    const person = numberOf(photo, people);
    photos[person] = (photos[person] ?? 0) + 1;
    if (!photo.face) missed[person] = (missed[person] ?? 0) + 1;
  }
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const pairsWithMissed = (all: number, without: number): number => pairs(all) - pairs(all - without);
  const same = sum(photos.map((count, person) => pairsWithMissed(count, missed[person] ?? 0)));
  const different = pairsWithMissed(sum(photos), sum(missed)) - same;
  return { distances: Float64Array.of(Infinity), same: Float64Array.of(same), different: Float64Array.of(different) };
}

/** The person or group each face is shown as; a face of nobody is alone. */
function groupsOf(found: readonly JudgedPhoto[]): Int32Array {
  return Int32Array.from(found, (photo, i) => photo.face?.person ?? -1 - i);
}
