import { describeFailure, Failure } from '../../contract/errors.ts';
import type { HeadVersion, TrainingSettings, TuningRun, TuningState } from '../../contract/tuning.ts';
import type { Spawn } from '../../workers/spawn.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createHeadTable, type StoredHead } from '../db/heads.ts';
import { createTrainingMaterial } from '../db/training-material.ts';
import type { People, PeopleListeners } from '../people/people.ts';
import { settings } from '../settings.ts';
import { createAdoption } from './adoption.ts';
import { rememberedTuning } from './remembered.ts';
import { startByItself } from './start-by-itself.ts';
import { createTuningRuns, usualSettings } from './tuning-runs.ts';

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

/** Learning of the user's people: runs, their outcomes, and which of these is in use. */
export function createTuning(context: EngineContext, options: TuningOptions): Tuning {
  const { db } = context;
  const heads = createHeadTable(db.sql);
  const material = createTrainingMaterial(db.sql);
  const remembered = rememberedTuning(db);

  const shown = (): TuningRun | null => {
    const run = runs.current();
    if (run) return run.shown();
    if (!adoption.isOn()) return null;
    return { state: 'adopting', automatic: false, step: 0, steps: 0, points: [], remedies: [] };
  };
  const tell = (): void => context.emit('tuning', { run: shown() });
  const turned = (): void => {
    tell();
    context.changed('tuning');
  };
  const adoption = createAdoption(context, heads, options.people, turned);

  const stateOf = (): TuningState['material'] => {
    const { people, faces, several } = material.counts();
    const fresh = material.freshSince(remembered.seen(), settings.learning.mostFresh);
    return { people, faces, fresh, lacking: lackingFor(faces, several) };
  };

  const runs = createTuningRuns(context, {
    heads,
    material,
    remembered,
    pairsAmong: options.people.pairsAmong,
    spawn: options.spawn,
    native: options.native,
    onChange: tell,
    onTurn: () => {
      turned();
      itself.soon();
    },
  });
  const start = (wanted: Partial<TrainingSettings>, automatic: boolean): void => {
    const { lacking } = stateOf();
    if (lacking !== null) throw new Failure('bad-request', lacking);
    runs.start(wanted, automatic);
  };

  const itself = startByItself({
    quietMs: options.quietMs ?? settings.learning.automatic.quietMs,
    isWanted: () => {
      if (!remembered.automatic() || runs.current()) return false;
      const { faces, fresh, lacking } = stateOf();
      const { faces: least, share } = settings.learning.automatic;
      return lacking === null && (remembered.due() || fresh >= Math.max(least, share * faces));
    },
    isBusy: options.isBusy,
    start: () => start({}, true),
    report: (error) => context.report('learning by itself', error),
  });

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
      runs.onErased();
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
        runs.current()?.pause();
        return {};
      },
      'tune.resume': () => {
        runs.current()?.resume();
        return {};
      },
      'tune.cancel': async () => {
        await runs.cancel();
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
      await runs.cancel();
      await adoption.close();
    },
  };
}

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
