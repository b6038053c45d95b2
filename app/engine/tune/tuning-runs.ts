import { describeFailure, Failure } from '../../contract/errors.ts';
import { TrainingSettings } from '../../contract/tuning.ts';
import type { Spawn } from '../../workers/spawn.ts';
import type { EngineContext } from '../context.ts';
import type { HeadTable } from '../db/heads.ts';
import type { LibraryDb } from '../db/open.ts';
import type { TrainingMaterial } from '../db/training-material.ts';
import type { People } from '../people/people.ts';
import { settings } from '../settings.ts';
import { unmoved } from './distance-move.ts';
import { keepLearned, type Basis } from './keep-learned.ts';
import type { Remembered } from './remembered.ts';
import { startRun, type Run } from './tuning-run.ts';
import type { Learned } from './tune-service.ts';

/** Learning, one run at a time; what came of each is written down. */
export interface TuningRuns {
  /** The run that is on. */
  current(): Run | undefined;
  /** @throws {Failure} `bad-request` where one is on */
  start(wanted: Partial<TrainingSettings>, automatic: boolean): void;
  /** Ends the run that is on, of which nothing is kept. Resolves when that is written down. */
  cancel(): Promise<void>;
  /** The same because a person was erased, whom it may have learnt from. */
  onErased(): void;
}

export interface TuningRunsOptions {
  readonly heads: HeadTable;
  readonly material: TrainingMaterial;
  readonly remembered: Remembered;
  readonly pairsAmong: People['pairsAmong'];
  readonly spawn: Spawn;
  /** See `TuningOptions`. */
  readonly native: () => number | null;
  /** The run is another than before. */
  readonly onChange: () => void;
  /** A run has begun, or what came of it is written down. */
  readonly onTurn: () => void;
}

export const usualSettings = TrainingSettings.parse(settings.tune.training);
const erasedMeanwhile = 'A person was erased while it learnt, so nothing of it was kept. Learn again.';
const learntWords = 'Familiar has learnt to tell your people apart better. See what it brings on the page Improve.';

export function createTuningRuns(context: EngineContext, options: TuningRunsOptions): TuningRuns {
  const { db } = context;
  const { heads, material, remembered, onTurn } = options;
  let running: Run | undefined;
  /** Resolves when what came of a run is written down. */
  let ended: Promise<void> = Promise.resolve();
  let isErased = false;
  noteCutRun(db, remembered);

  const keep = (learned: Learned, basis: Basis, seen: number, automatic: boolean): void => {
    if (isErased) throw new Failure('cancelled', erasedMeanwhile);
    const { isWaiting } = db.writeDurably(() => {
      const kept = keepLearned({ heads, material, clock: context.clock }, basis, learned);
      remembered.setSeen(seen);
      remembered.setDue(false);
      remembered.setRunning(null);
      return kept;
    });
    if (isWaiting && automatic) context.emit('notice', { message: learntWords });
  };
  /** Writes down why there is no version. What ends with the program or by an erasure may begin by itself again. */
  const noteStopped = (error: unknown, seen: number): void => {
    const isClosing = context.closing.aborted;
    const problem = isErased ? erasedMeanwhile : problemOf(context, error);
    db.writeDurably(() => {
      remembered.setRunning(null);
      remembered.setProblem(problem);
      if (isErased || isClosing) return;
      remembered.setSeen(seen);
      remembered.setDue(false);
    });
  };

  return {
    current: () => running,
    start: (wanted, automatic) => {
      if (running) throw new Failure('bad-request', 'It is learning already.');
      const { embeddingVersion: version, embedder } = context.packs();
      const { eps, acceptance } = context.recognition().thresholds;
      const active = heads.active(version);
      const move = active?.distances.move ?? unmoved;
      const basis = { version, embedder: embedder.name, parent: active?.id ?? null, move };
      const measured = options.native();
      const native = measured === remembered.distrusted() ? null : measured;
      const seen = material.newestAction();
      db.writeDurably(() => {
        remembered.setRunning({ seen, native });
        remembered.setProblem(null);
      });
      isErased = false;
      running = startRun({
        material,
        version,
        dimensions: embedder.dimensions,
        eps,
        pairsAmong: options.pairsAmong,
        spawn: options.spawn,
        backend: native === null ? 'wasm' : 'native',
        automatic,
        settings: { ...usualSettings, ...wanted },
        seed: Math.floor(context.random() * 2 ** 31),
        from: active ? heads.weights(active.id) : null,
        distances: { eps, acceptance },
        onChange: options.onChange,
      });
      ended = running.learned
        .then((learned) => keep(learned, basis, seen, automatic))
        .catch((error: unknown) => noteStopped(error, seen))
        .finally(() => {
          running = undefined;
          if (!context.closing.aborted) onTurn();
        });
      onTurn();
    },
    cancel: async () => {
      await running?.cancel();
      await ended;
    },
    onErased: () => {
      isErased = true;
      void running?.cancel();
    },
  };
}

/** Null where the user has stopped it. */
function problemOf(context: EngineContext, error: unknown): string | null {
  const { code, message } = describeFailure(error);
  if (code === 'cancelled') return context.closing.aborted ? 'Familiar was closed while it learnt. Learn again.' : null;
  if (code !== 'internal') return message;
  context.report('learning', error);
  return 'Familiar met a fault of its own while it learnt. Try again; the log says more.';
}

/** A run found on when the library is opened is one that the program ended in. */
function noteCutRun(db: LibraryDb, remembered: Remembered): void {
  const cut = remembered.running();
  if (!cut) return;
  db.writeDurably(() => {
    remembered.setRunning(null);
    remembered.setSeen(cut.seen);
    remembered.setProblem('Familiar ended while it learnt, and nothing of it was kept. Learn again.');
    if (cut.native !== null) remembered.setDistrusted(cut.native);
  });
}
