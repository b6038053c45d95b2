import { Failure } from '../../contract/errors.ts';
import type { TrainingSettings, TuningRun } from '../../contract/tuning.ts';
import { connect, moved } from '../../workers/channel.ts';
import type { Spawn } from '../../workers/spawn.ts';
import type { TfjsBackend } from '../model/engines/tfjs/backend.ts';
import { gatherCandidates } from './gather-candidates.ts';
import { gatherMaterial, type MaterialSource } from './gather-material.ts';
import type { GroupingDistances } from './group-alone.ts';
import { upTo } from './progress.ts';
import type { Learned, TuneProgress, TuneService } from './tune-service.ts';

export interface RunOptions extends MaterialSource {
  readonly spawn: Spawn;
  readonly backend: TfjsBackend;
  readonly automatic: boolean;
  readonly settings: TrainingSettings;
  readonly seed: number;
  readonly from: Float32Array<ArrayBuffer> | null;
  readonly distances: GroupingDistances;
  /** The run is another than before. */
  readonly onChange: () => void;
}

/** A training in a thread of its own, which is started for it and ended after it. */
export interface Run {
  shown(): TuningRun;
  pause(): void;
  resume(): void;
  /** Resolves when the thread has ended. */
  cancel(): Promise<void>;
  /** @throws {Failure} `cancelled`, `worker-died`, and what `TuneService.learn` throws */
  readonly learned: Promise<Learned>;
}

/** A thread that died tells it by `learned`. */
const tolerated = (): void => undefined;

export function startRun(options: RunOptions): Run {
  const stop = new AbortController();
  let run: TuningRun = {
    state: 'gathering',
    automatic: options.automatic,
    step: 0,
    steps: options.settings.steps,
    points: [],
    remedies: [],
  };
  let paused = false;
  const change = (part: Partial<TuningRun>): void => {
    run = { ...run, ...part };
    options.onChange();
  };
  const worker = options.spawn('tune');
  const connection = connect<TuneService>(worker.port);
  worker.onDeath((reason) => connection.fail(new Failure('worker-died', `Learning stopped: ${reason}. Try again.`)));
  connection.on('progress', (payload) => {
    const { state, step, steps, points, remedies } = payload as TuneProgress;
    const first = points[0]?.step ?? step;
    change({
      state,
      step,
      steps,
      points: [...upTo(run.points, first), ...points],
      remedies: [...run.remedies, ...remedies],
    });
  });

  const learn = async (): Promise<Learned> => {
    const { remote } = connection;
    const candidates = await gatherCandidates(options.material, options.version, stop.signal);
    const { rows } = await remote.choose({ candidates, seed: options.seed }, stop.signal);
    const material = await gatherMaterial(options, candidates, rows, stop.signal);
    const { backend, from, distances, settings, seed } = options;
    if (!paused) change({ state: 'training' });
    return remote.learn(
      moved({ material, backend, from, distances, settings, seed }, [material.vectors.buffer]),
      stop.signal,
    );
  };
  // The thread is not ended within a run of native code: that would take the program down.
  const learned = learn().finally(() => worker.close());
  const settled = learned.then(
    () => undefined,
    () => undefined,
  );
  return {
    shown: () => (paused ? { ...run, state: 'paused' } : run),
    pause: () => {
      if (paused) return;
      paused = true;
      connection.remote.pause(null).catch(tolerated);
      options.onChange();
    },
    resume: () => {
      if (!paused) return;
      paused = false;
      connection.remote.resume(null).catch(tolerated);
      options.onChange();
    },
    cancel: () => {
      stop.abort();
      return settled;
    },
    learned,
  };
}
