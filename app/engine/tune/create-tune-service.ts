import { loadBackend, type TfjsBackend } from '../model/engines/tfjs/backend.ts';
import { settings } from '../settings.ts';
import { assembleFaces } from './assemble-faces.ts';
import { chooseFaces } from './choose-faces.ts';
import { moveOf } from './distance-move.ts';
import { describeLearnt } from './describe-learnt.ts';
import { identityHead } from './head.ts';
import { learnHead } from './learn-head.ts';
import { createProgress } from './progress.ts';
import { seededRandom } from '../seeded-random.ts';
import type { TuneProgress, TuneService } from './tune-service.ts';

/** The service behind `TuneService`. `load` loads TensorFlow.js with a backend that is known to work here. */
export function createTuneService(
  tell: (progress: TuneProgress) => void,
  load: (backend: TfjsBackend) => ReturnType<typeof loadBackend> = loadBackend,
): TuneService {
  let paused: { readonly over: Promise<void>; readonly end: () => void } | undefined;
  const resume = (): void => {
    paused?.end();
    paused = undefined;
  };
  return {
    choose: async ({ candidates, seed }) => ({
      rows: chooseFaces(candidates, settings.learning.faces, seededRandom(seed)),
    }),
    learn: async ({ material, backend, from, distances, settings: wanted, seed }, signal) => {
      const { training: usual, ...others } = settings.tune;
      const training = { ...usual, ...wanted };
      const assembled = assembleFaces(material, { guesses: settings.tune.guesses, events: settings.learning.events });
      const { dimensions } = material;
      const tf = await load(backend);
      const progress = createProgress(training.steps, tell);
      signal.addEventListener('abort', resume, { once: true });
      try {
        const learnt = await learnHead(tf, {
          faces: assembled.training,
          settings: { ...others, training },
          from: from ? { dimensions, weights: from } : identityHead(dimensions),
          distances,
          seed,
          onStep: progress.take,
          onRemedy: progress.remedy,
          proceed: () => paused?.over ?? Promise.resolve(),
          signal,
        });
        return {
          weights: learnt.head && Float32Array.from(learnt.head.weights),
          distances: learnt.distances,
          move: moveOf(distances, learnt.distances),
          record: describeLearnt(learnt, assembled, progress.points(), seed),
          faces: assembled.ids,
          people: assembled.people,
        };
      } finally {
        signal.removeEventListener('abort', resume);
      }
    },
    pause: async () => {
      if (paused) return;
      const { promise: over, resolve } = Promise.withResolvers<undefined>();
      paused = { over, end: () => resolve(undefined) };
    },
    resume: async () => resume(),
  };
}
