import { Failure } from '../../contract/errors.ts';
import type { Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import type { History } from '../history/history.ts';

/** What a user says of faces and of one another, whoever they are, and of photos that show a person twice. */
export function createLinkCorrections(
  queries: PeopleQueries,
  history: History,
): Subject<'faces.same' | 'faces.different' | 'photos.mirror'> {
  const twoOrMore = (faces: readonly number[]): number[] => {
    const present = queries.present([...new Set(faces)]).map(({ face }) => face);
    if (present.length < 2) {
      throw new Failure('not-found', 'it takes two faces that are still there; the page is out of date');
    }
    return present;
  };

  return {
    handlers: {
      'faces.same': ({ faces }) => {
        const [first = 0, ...others] = twoOrMore(faces);
        const label = `Said that ${others.length + 1} faces are one person`;
        return history.record('same', label, (recorder) => {
          for (const other of others) recorder.link([first, other], true);
        });
      },
      'faces.different': ({ faces }) => {
        const all = twoOrMore(faces);
        return history.record('different', `Said that ${all.length} faces are different people`, (recorder) => {
          for (const [at, one] of all.entries()) {
            for (const other of all.slice(at + 1)) recorder.link([one, other], false);
          }
        });
      },
      'photos.mirror': ({ id, allowed }) => {
        if (!queries.hasPhoto(id)) {
          throw new Failure('not-found', 'this photo is no longer in the library; go back and choose another');
        }
        const label = allowed ? 'Said that somebody may be in a photo twice' : 'Said that nobody is in a photo twice';
        return history.record('mirror', label, (recorder) => recorder.allowMirror([id], allowed));
      },
    },
  };
}
