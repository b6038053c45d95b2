import { Failure } from '../../contract/errors.ts';
import type { Action, HistoryState } from '../../contract/model.ts';
import { createFacts } from '../db/facts.ts';
import { createJournal, type Journal } from '../db/journal.ts';
import type { LibraryDb } from '../db/open.ts';
import type { Change, Side } from './change.ts';
import { createRecorder, type Recorder } from './recorder.ts';

/** Every change a user makes, so that it can be taken back and made again, also after a restart. */
export interface History {
  /** Runs `work` in one durable transaction and writes down what it changed, which `label` says in plain words. */
  record(kind: Action['kind'], label: string, work: (recorder: Recorder) => void): Action;
  /** @throws {Failure} `nothing-to-undo` */
  undo(): Action;
  /** @throws {Failure} `nothing-to-redo` */
  redo(): Action;
  /** Runs `work` in one durable transaction that nothing can take back: it may rewrite the journal itself. */
  forget(work: (journal: Journal) => void): void;
  state(): HistoryState;
  /** Grows with whatever is said of people and faces: tells whether such facts read a while ago still hold. */
  epoch(): number;
}

/** `changed` is told of every action, after it is on the disk. */
export function createHistory(
  db: LibraryDb,
  clock: () => number,
  changed: (changes: readonly Change[]) => void,
): History {
  const facts = createFacts(db.sql);
  const journal = createJournal(db.sql);
  let epoch = 0;
  const done = (changes: readonly Change[]): void => {
    if (changes.some(isOfPeople)) epoch++;
    changed(changes);
  };
  const replay = (action: Action, side: Side): Action => {
    const changes = journal.changes(action.id);
    const undone = side === 'before';
    db.writeDurably(() => {
      for (const change of undone ? changes.toReversed() : changes) facts.apply(change, side);
      for (const change of changes) if ('faces' in change) facts.repair(change.faces);
      journal.setUndone(action.id, undone);
    });
    done(changes);
    return { ...action, undone };
  };

  return {
    record: (kind, label, work) => {
      const changes: Change[] = [];
      const action = db.writeDurably(() => {
        const recorder = createRecorder(facts, changes);
        work(recorder);
        recorder.finish();
        journal.dropUndone();
        return journal.append(clock(), kind, label, changes);
      });
      done(changes);
      const overruled = changes.filter((change) => change.table === 'overruled' && change.after).length;
      return overruled > 0 ? { ...action, overruled } : action;
    },
    undo: () => {
      const action = journal.lastDone();
      if (!action) throw new Failure('nothing-to-undo', 'there is nothing to undo');
      return replay(action, 'before');
    },
    redo: () => {
      const action = journal.firstUndone();
      if (!action) throw new Failure('nothing-to-redo', 'there is nothing to redo');
      return replay(action, 'after');
    },
    forget: (work) => {
      db.writeOver(() => {
        journal.dropUndone();
        work(journal);
      });
      epoch++;
      changed([]);
    },
    state: () => ({ undo: journal.lastDone(), redo: journal.firstUndone() }),
    epoch: () => epoch,
  };
}

function isOfPeople({ table }: Change): boolean {
  return table !== 'favourite' && table !== 'saved_search' && table !== 'grouping_distances';
}
