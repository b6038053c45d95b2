import { Failure } from '../../contract/errors.ts';
import type { FaceId, PersonId } from '../../contract/ids.ts';
import type { Overruled } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createOverruledQueries } from '../db/overruled.ts';
import type { PeopleQueries } from '../db/people.ts';
import type { History } from '../history/history.ts';
import type { Recorder } from '../history/recorder.ts';
import type { Said } from '../history/said.ts';

/** What the user said once and a newer word contradicts: to be seen, and to be said again. */
export function createOverruled(
  context: EngineContext,
  queries: PeopleQueries,
  history: History,
): Subject<'facts.overruled' | 'facts.putBack'> {
  const overruled = createOverruledQueries(context.db.sql);
  /** As far as the faces and the person are still there; undefined where nothing is left of it. */
  const remaining = (said: Said): Said | undefined => {
    const faces = queries.present(said.faces).map(({ face }) => face);
    if ('person' in said) {
      return faces.length > 0 && queries.name(said.person) ? { ...said, faces } : undefined;
    }
    return faces.length === 2 ? said : undefined;
  };
  const words = (said: Said): string => {
    const faces = said.faces.length === 1 ? 'A face is' : `${said.faces.length} faces are`;
    if (!('person' in said)) return said.kind === 'same' ? `${faces} the same person` : `${faces} different people`;
    const who = queries.name(said.person)?.name ?? 'in a group';
    return said.kind === 'is' ? `${faces} ${who}` : `${faces} not ${who}`;
  };

  return {
    handlers: {
      'facts.overruled': () =>
        overruled.list().flatMap(({ id, said }): Overruled[] => {
          const left = remaining(said);
          if (!left) return [];
          const person = 'person' in left ? (left.person as PersonId) : null;
          return [{ id, words: words(left), faces: left.faces as FaceId[], person }];
        }),
      'facts.putBack': ({ id }) => {
        const said = overruled.get(id);
        const left = said && remaining(said);
        if (!left) {
          throw new Failure('not-found', 'this is no longer kept, or its faces are gone; the page is out of date');
        }
        return history.record('put-back', `Said again: ${words(left).replace(/^A/, 'a')}`, (recorder) => {
          recorder.forgetOverruled(id, said);
          sayAgain(recorder, left);
        });
      },
    },
  };
}

function sayAgain(recorder: Recorder, said: Said): void {
  switch (said.kind) {
    case 'same':
    case 'different':
      recorder.link(said.faces, said.kind === 'same');
      return;
    case 'is':
      recorder.label(said.faces, { person: said.person, strength: 'confirmed' });
      return;
    case 'is-not':
      recorder.disown(said.faces, said.person);
  }
}
