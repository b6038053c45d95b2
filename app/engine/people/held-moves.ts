import { Failure } from '../../contract/errors.ts';
import type { FaceId } from '../../contract/ids.ts';
import type { HeldMove } from '../../contract/model.ts';
import type { HeldBack } from '../cluster/hold-back.ts';
import type { Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import { blankPerson } from '../history/change.ts';
import type { History } from '../history/history.ts';

export type HeldMoves = Subject<'regroup.held' | 'regroup.apply' | 'regroup.keep'> & {
  /** What the last grouping would do and waits with; takes the place of what it offered before. */
  readonly offer: (held: readonly HeldBack[]) => void;
};

/** Shows what grouping would take from named people, and does what the user answers. Kept until the next grouping. */
export function createHeldMoves(queries: PeopleQueries, history: History): HeldMoves {
  let offered: readonly HeldBack[] = [];
  /** Those of the faces that are still where they were; what the user said meanwhile stands. */
  const stillHeld = (): HeldBack[] =>
    offered.flatMap((move) => {
      const open = new Set(queries.unlabelledFaces(move.from));
      const faces = move.faces.filter((face) => open.has(face));
      const thither = move.to <= 0 || queries.name(move.to) !== undefined;
      return faces.length > 0 ? [{ ...move, faces, to: thither ? move.to : 0 }] : [];
    });
  const chosen = (wanted: readonly number[]): HeldBack[] => {
    const some = new Set(wanted);
    const moves = stillHeld().map((move) => ({ ...move, faces: move.faces.filter((face) => some.has(face)) }));
    const left = moves.filter(({ faces }) => faces.length > 0);
    if (left.length > 0) return left;
    throw new Failure('not-found', 'nothing waits for these faces any more; the page is out of date');
  };
  const labelled = (moves: readonly HeldBack[], verb: string): string => {
    const count = moves.reduce((sum, { faces }) => sum + faces.length, 0);
    const from = new Set(moves.map((move) => move.from));
    const who = from.size === 1 ? queries.name(moves[0]?.from ?? 0)?.name : null;
    return `${verb} ${count === 1 ? 'a face' : `${count} faces`} of ${who ?? `${from.size} people`}`;
  };

  return {
    offer: (held) => {
      offered = held;
    },
    handlers: {
      'regroup.held': () =>
        stillHeld().flatMap(({ from, to, faces }): HeldMove[] => {
          const person = queries.get(from);
          if (!person) return [];
          const other = to > 0 ? (queries.get(to) ?? null) : null;
          return [{ from: person, to: other, group: to < 0, faces: faces as FaceId[] }];
        }),
      'regroup.apply': ({ faces }) => {
        const moves = chosen(faces);
        return history.record('regroup', labelled(moves, 'Regrouped'), (recorder) => {
          const groups = new Map<number, number>();
          for (const { to, faces: some } of moves) {
            if (to < 0 && !groups.has(to)) groups.set(to, recorder.addPerson(blankPerson));
            recorder.show(some, groups.get(to) ?? (to || null));
          }
        });
      },
      'regroup.keep': ({ faces }) => {
        const moves = chosen(faces);
        return history.record('regroup', labelled(moves, 'Kept'), (recorder) => {
          for (const { from, faces: some } of moves) recorder.label(some, { person: from, strength: 'accepted' });
        });
      },
    },
  };
}
