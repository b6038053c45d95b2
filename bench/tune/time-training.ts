import type { TensorFlow } from '../../app/engine/model/engines/tfjs/backend.ts';
import { settings } from '../../app/engine/settings.ts';
import { identityHead } from '../../app/engine/tune/head.ts';
import { learnHead } from '../../app/engine/tune/learn-head.ts';
import { seededRandom } from '../../app/engine/seeded-random.ts';
import { lone, type TrainingFaces } from '../../app/engine/tune/training-faces.ts';

const dimensions = 512;
const facesEach = 20;

/** Times one training with gate on so many labelled faces, and as many of strangers. */
export async function timeTraining(tf: typeof TensorFlow, labelled: number): Promise<void> {
  const faces = madeFaces(labelled);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { result, strength } = await learnHead(tf, {
    faces,
    settings: settings.tune,
    from: identityHead(dimensions),
    distances: { eps: 1.2, acceptance: 1.25 },
    seed: 1,
    signal: new AbortController().signal,
  });
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${labelled} labelled faces, ${faces.people.length} in all: ${seconds.toFixed(1)} s, ` +
      `${((user + system) / 1e6).toFixed(1)} s of CPU; ${result.verdict} at ${strength}, ` +
      `${(100 * result.before.known).toFixed(1)} → ${(100 * result.after.known).toFixed(1)} %`,
  );
}

/**
 * Made-up people of 20 faces in 10 events, and as many faces of strangers. Faces of one person differ most in a few
 * directions that are the same for all, and by so much that it matters: there is something to learn, so that a run goes
 * its whole way.
 */
function madeFaces(labelled: number): TrainingFaces {
  const random = seededRandom(1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const people = Int32Array.from({ length: 2 * labelled }, (_, row) =>
    row < labelled ? Math.floor(row / facesEach) : lone,
  );
  const vectors = new Float32Array(people.length * dimensions);
  let centre = new Float64Array(dimensions);
  for (const [row, person] of people.entries()) {
    if (person === lone || row % facesEach === 0) centre = Float64Array.from(centre, normal);
    const face = centre.map((value, i) => value + (i < dimensions / 8 ? 3.5 : 1.5) * normal());
    const norm = Math.sqrt(face.reduce((sum, value) => sum + value * value, 0));
    for (const [i, value] of face.entries()) vectors[row * dimensions + i] = value / norm;
  }
  return {
    dimensions,
    vectors,
    people,
    trust: new Float32Array(people.length).fill(1),
    events: Int32Array.from(people, (_, row) => row >> 1),
    apart: new Int32Array(0),
  };
}
