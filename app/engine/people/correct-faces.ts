import { Failure } from '../../contract/errors.ts';
import type { Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import { blankPerson } from '../history/change.ts';
import type { History } from '../history/history.ts';
import type { Recorder } from '../history/recorder.ts';
import { findDestination } from './find-destination.ts';

type FaceCorrection = 'faces.move' | 'faces.reject' | 'faces.notFace' | 'faces.notPerson';

/** What a user says about single faces. */
export function createFaceCorrections(queries: PeopleQueries, history: History): Subject<FaceCorrection> {
  const presentFaces = (faces: readonly number[]) => {
    const present = queries.present(faces);
    if (present.length === 0)
      throw new Failure('not-found', 'these faces are no longer there; the page is out of date');
    return present;
  };
  /** A person that a face leaves no longer has it as its cover. */
  const leaveCovers = (recorder: Recorder, faces: readonly number[], except?: number): void => {
    for (const { person } of queries.coverOf(faces))
      if (person !== except) recorder.changePerson(person, { cover: null });
  };

  return {
    handlers: {
      'faces.move': ({ faces, to }) => {
        const { id, name } = findDestination(queries, to);
        const ids = presentFaces(faces).map(({ face }) => face);
        return history.record('move', `Moved ${countFaces(ids.length)} to ${name ?? 'a group'}`, (recorder) => {
          const person = id ?? recorder.addPerson({ ...blankPerson, name });
          leaveCovers(recorder, ids, person);
          recorder.label(ids, { person, strength: 'confirmed' });
        });
      },
      'faces.reject': ({ faces }) => {
        const shown = byPerson(presentFaces(faces));
        const [first, ...more] = shown.keys();
        if (first === undefined)
          throw new Failure('bad-request', 'these faces are shown as nobody; there is nothing to remove');
        const whom = more.length > 0 ? 'their people' : (queries.name(first)?.name ?? 'a group');
        const all = [...shown.values()].flat();
        return history.record('reject', `Removed ${countFaces(all.length)} from ${whom}`, (recorder) => {
          leaveCovers(recorder, all);
          for (const [person, some] of shown) recorder.disown(some, person);
        });
      },
      'faces.notFace': ({ faces }) => {
        const ids = presentFaces(faces).map(({ face }) => face);
        const label = ids.length === 1 ? 'Marked one as not a face' : `Marked ${ids.length} as not faces`;
        return history.record('not-a-face', label, (recorder) => {
          leaveCovers(recorder, ids);
          recorder.unlabel(ids);
          recorder.markNotFace(ids);
          recorder.show(ids, null);
        });
      },
      'faces.notPerson': ({ faces, person }) => {
        const ids = presentFaces(faces).map(({ face }) => face);
        const label = `Marked ${countFaces(ids.length)} as ${person ? 'somebody after all' : 'not a person'}`;
        return history.record('not-a-person', label, (recorder) => {
          if (!person) {
            leaveCovers(recorder, ids);
            recorder.unlabel(ids);
            recorder.show(ids, null);
          }
          recorder.markNotPerson(ids, !person);
        });
      },
    },
  };
}

function countFaces(count: number): string {
  return count === 1 ? 'a face' : `${count} faces`;
}

function byPerson(faces: readonly { face: number; person: number | null }[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const { face, person } of faces) {
    if (person !== null) groups.set(person, [...(groups.get(person) ?? []), face]);
  }
  return groups;
}
