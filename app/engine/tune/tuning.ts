import { describeFailure, Failure } from '../../contract/errors.ts';
import { TrainingSettings, type HeadVersion, type TuningRun, type TuningState } from '../../contract/tuning.ts';
import type { Spawn } from '../../workers/spawn.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createHeadTable, type StoredHead } from '../db/heads.ts';
import { createTrainingMaterial } from '../db/training-material.ts';
import type { People, PeopleListeners } from '../people/people.ts';
import { settings } from '../settings.ts';
import { createAdoption } from './adoption.ts';
import { unmoved } from './distance-move.ts';
import { keepLearned } from './keep-learned.ts';
import { rememberedTuning } from './remembered.ts';
import { startByItself } from './start-by-itself.ts';
import { startRun, type Run } from './tuning-run.ts';

type TuneRequest =
  | 'tune.state'
  | 'tune.start'
  | 'tune.pause'
  | 'tune.resume'
  | 'tune.cancel'
  | 'tune.use'
  | 'tune.decline'
  | 'tune.automatic';

export interface Tuning extends Subject<TuneRequest>, Required<PeopleListeners> {
  /** No import runs any more. */
  readonly idle: () => void;
}

export interface TuningOptions {
  readonly people: Pick<People, 'pairsAmong' | 'compareBy' | 'regroup' | 'groupedBy'>;
  readonly spawn: Spawn;
  /** When native TensorFlow was last seen to work here (ms since 1970); null: it was not, or nobody has tried. */
  readonly native: () => number | null;
  /** Something else is at work that should not have to share the computer. */
  readonly isBusy: () => boolean;
  /** Milliseconds: see `startByItself`. */
  readonly quietMs?: number;
}

const usualSettings = TrainingSettings.parse(settings.tune.training);
const erasedMeanwhile = 'A person was erased while it learnt, so nothing of it was kept. Learn again.';

/** Learning of the user's people: runs, their outcomes, and which of these is in use. */
export function createTuning(context: EngineContext, options: TuningOptions): Tuning {
  const { db } = context;
  const heads = createHeadTable(db.sql);
  const material = createTrainingMaterial(db.sql);
  const remembered = rememberedTuning(db);
  let running: Run | undefined;
  /** Resolves when what came of a run is written down. */
  let ended: Promise<void> = Promise.resolve();
  let whyStopped: 'user' | 'erased' | undefined;

  const shown = (): TuningRun | null => {
    if (running) return running.shown();
    if (!adoption.isOn()) return null;
    return { state: 'adopting', automatic: false, step: 0, steps: 0, points: [], remedies: [] };
  };
  const tell = (): void => context.emit('tuning', { run: shown() });
  const adoption = createAdoption(context, heads, options.people, () => {
    tell();
    context.changed('tuning');
  });

  const stateOf = (): TuningState['material'] => {
    const { people, faces, several } = material.counts();
    const fresh = material.freshSince(remembered.seen(), settings.learning.mostFresh);
    return { people, faces, fresh, lacking: lackingFor(faces, several) };
  };

  const start = (wanted: Partial<TrainingSettings>, automatic: boolean): void => {
    if (running) throw new Failure('bad-request', 'It is learning already.');
    const { lacking } = stateOf();
    if (lacking !== null) throw new Failure('bad-request', lacking);
    const { embeddingVersion: version, embedder } = context.packs();
    const { thresholds } = context.recognition();
    const active = heads.active(version);
    const basis = {
      version,
      embedder: embedder.name,
      parent: active?.id ?? null,
      move: active?.distances.move ?? unmoved,
    };
    const measured = options.native();
    const native = measured !== null && measured !== remembered.distrusted() ? measured : null;
    const seen = material.newestAction();
    db.writeDurably(() => {
      remembered.setRunning({ seen, native });
      remembered.setProblem(null);
    });
    whyStopped = undefined;
    const run = startRun({
      material,
      version,
      dimensions: embedder.dimensions,
      eps: thresholds.eps,
      pairsAmong: options.people.pairsAmong,
      spawn: options.spawn,
      backend: native === null ? 'wasm' : 'native',
      automatic,
      settings: { ...usualSettings, ...wanted },
      seed: Math.floor(context.random() * 2 ** 31),
      from: active ? heads.weights(active.id) : null,
      distances: { eps: thresholds.eps, acceptance: thresholds.acceptance },
      onChange: tell,
    });
    running = run;
    ended = run.learned
      .then((learned) => {
        if (whyStopped === 'erased') throw new Failure('cancelled', erasedMeanwhile);
        const kept = db.writeDurably(() => {
          const { record, isWaiting } = keepLearned({ heads, material, clock: context.clock }, basis, learned);
          remembered.setSeen(seen);
          remembered.setDue(false);
          remembered.setRunning(null);
          return { record, isWaiting };
        });
        if (kept.isWaiting && automatic) context.emit('notice', { message: learntWords });
      })
      .catch((error: unknown) => stopped(error, seen))
      .finally(() => {
        running = undefined;
        if (context.closing.aborted) return;
        tell();
        context.changed('tuning');
        if (whyStopped === 'erased') itself.soon();
      });
    tell();
    context.changed('tuning');
  };

  /** Writes down why there is no version. What ends with the program or by an erasure may begin by itself again. */
  const stopped = (error: unknown, seen: number): void => {
    const { code, message } = describeFailure(error);
    const isClosing = context.closing.aborted;
    const problem = (): string | null => {
      if (whyStopped === 'erased') return erasedMeanwhile;
      if (code === 'cancelled') return isClosing ? 'Familiar was closed while it learnt. Learn again.' : null;
      if (code !== 'internal') return message;
      context.report('learning', error);
      return 'Familiar met a fault of its own while it learnt. Try again; the log says more.';
    };
    db.writeDurably(() => {
      remembered.setRunning(null);
      remembered.setProblem(problem());
      if (whyStopped !== 'erased' && !isClosing) {
        remembered.setSeen(seen);
        remembered.setDue(false);
      }
    });
  };

  const itself = startByItself({
    quietMs: options.quietMs ?? settings.learning.automatic.quietMs,
    isWanted: () => {
      if (!remembered.automatic() || running) return false;
      const { faces, fresh, lacking } = stateOf();
      const { faces: least, share } = settings.learning.automatic;
      return lacking === null && (remembered.due() || fresh >= Math.max(least, share * faces));
    },
    isBusy: options.isBusy,
    start: () => start({}, true),
    report: (error) => context.report('learning by itself', error),
  });

  const takeUp = (): void => {
    const cut = remembered.running();
    if (!cut) return;
    db.writeDurably(() => {
      remembered.setRunning(null);
      remembered.setSeen(cut.seen);
      remembered.setProblem('Familiar ended while it learnt, and nothing of it was kept. Learn again.');
      if (cut.native !== null) remembered.setDistrusted(cut.native);
    });
  };
  takeUp();
  itself.soon();
  setImmediate(() => {
    if (context.closing.aborted) return;
    try {
      adoption.catchUp();
    } catch (error) {
      // Without its models a library can still be looked at.
      if (describeFailure(error).code === 'internal') context.report('learnt head', error);
    }
  });

  return {
    onWord: itself.soon,
    idle: itself.soon,
    onErased: () => {
      if (remembered.automatic()) remembered.setDue(true);
      whyStopped = 'erased';
      void running?.cancel();
      itself.soon();
      setImmediate(() => {
        if (context.closing.aborted) return;
        context.changed('tuning');
        adoption.catchUp();
      });
    },
    handlers: {
      'tune.state': () => {
        const version = context.packs().embeddingVersion;
        return {
          run: shown(),
          material: stateOf(),
          automatic: remembered.automatic(),
          settings: usualSettings,
          heads: heads.list().map((head) => shownHead(head, version)),
          problem: remembered.problem(),
        };
      },
      'tune.start': ({ settings: wanted }) => {
        // What was left out is undefined here.
        const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
        start(Object.fromEntries(given), false);
        return {};
      },
      'tune.pause': () => {
        running?.pause();
        return {};
      },
      'tune.resume': () => {
        running?.resume();
        return {};
      },
      'tune.cancel': async () => {
        whyStopped ??= 'user';
        await running?.cancel();
        await ended;
        return {};
      },
      'tune.use': async ({ head }) => {
        await adoption.use(head);
        return {};
      },
      'tune.decline': ({ head: id }) => {
        const head = heads.get(id);
        if (!head) throw new Failure('not-found', `There is no version ${id}.`);
        if (head.active) {
          throw new Failure('bad-request', `Version ${id} is in use. Use another, or none, before you decline it.`);
        }
        if (head.state !== 'refused') db.writeDurably(() => heads.setState(id, 'declined'));
        context.changed('tuning');
        return {};
      },
      'tune.automatic': ({ on }) => {
        db.writeDurably(() => remembered.setAutomatic(on));
        context.changed('tuning');
        if (on) itself.soon();
        return {};
      },
    },
    close: async () => {
      itself.close();
      await running?.cancel();
      await ended;
      await adoption.close();
    },
  };
}

const learntWords = 'Familiar has learnt to tell your people apart better. See what it brings on the page Improve.';

/** Why a run would lead to nothing; null where it may lead somewhere. */
function lackingFor(faces: number, several: number): string | null {
  const { leastPeople } = settings.tune.gate;
  if (several >= leastPeople) return null;
  const wanted = `Name at least ${leastPeople} people, with a few photos of different days each.`;
  if (faces === 0) return `Nobody has a name yet. ${wanted}`;
  const those = several === 1 ? 'Of one person there are' : `Of ${several} people there are`;
  return `${those} two faces or more, too few to tell whether anything was learnt. ${wanted}`;
}

function shownHead({ whole, version, ...head }: StoredHead, now: string): HeadVersion {
  const usable = whole && version === now;
  const { id, at, state, embedder, from, record } = head;
  return { id, at, state, embedder, from, ...record, usable, active: head.active && version === now };
}
