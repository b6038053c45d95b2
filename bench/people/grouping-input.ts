import type { ClusterInput } from '../../app/engine/vector/index-service.ts';
import type { FaceSpace } from './synthetic-faces.ts';

/** Faces 1 … count, all good enough to be core, of which nothing is said. */
export function everybodyAlone(count: number, { eps, acceptance }: FaceSpace): ClusterInput {
  const none = new Int32Array(0);
  return {
    eps,
    acceptance,
    minSamples: 2,
    core: Int32Array.from({ length: count }, (_, at) => at + 1),
    cannotLink: none,
    mustLink: none,
    labels: none,
    rejections: none,
  };
}
