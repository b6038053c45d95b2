import { Failure } from '../../contract/errors.ts';
import type { Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import type { PersonRow } from '../history/change.ts';
import type { History } from '../history/history.ts';
import type { Recorder } from '../history/recorder.ts';
import { cleanName } from './clean-name.ts';
import { personMissing } from './people-pages.ts';
import { planMerge } from './preview-merge.ts';

type PersonCorrection = 'people.name' | 'people.merge' | 'people.hide' | 'people.cover';

/** What a user says about people as a whole. */
export function createPersonCorrections(queries: PeopleQueries, history: History): Subject<PersonCorrection> {
  const nameOf = (id: number): string | null => {
    const row = queries.name(id);
    if (!row) throw personMissing();
    return row.name;
  };
  /** Saying something about a group says that the faces in it belong together. */
  const accept = (recorder: Recorder, id: number): void =>
    recorder.label(queries.unlabelledFaces(id), { person: id, strength: 'accepted' });

  return {
    handlers: {
      'people.name': ({ person, name: typed }) => {
        const former = nameOf(person);
        const name = cleanName(typed) || null;
        return history.record('name', namingLabel(former, name), (recorder) => {
          recorder.changePerson(person, { name });
          if (name !== null) accept(recorder, person);
        });
      },
      'people.hide': ({ person, hidden }) => {
        const name = nameOf(person) ?? 'a group';
        return history.record('hide', hidden ? `Hid ${name}` : `Showed ${name} again`, (recorder) => {
          recorder.changePerson(person, { hidden });
          if (hidden) accept(recorder, person);
        });
      },
      'people.cover': ({ person, face }) => {
        const name = nameOf(person) ?? 'a group';
        if (queries.present([face])[0]?.person !== person) {
          throw new Failure('bad-request', 'the cover has to be one of the faces of this person; choose another');
        }
        return history.record('cover', `Chose the cover of ${name}`, (recorder) => {
          recorder.label([face], { person, strength: 'confirmed' });
          recorder.changePerson(person, { cover: face });
        });
      },
      'people.merge': ({ into, from }) => {
        const { others, name } = planMerge(nameOf, into, from);
        if (others.length === 0) throw new Failure('bad-request', 'a person cannot be merged with itself; choose two');
        return history.record('merge', mergeLabel(nameOf(into), others.map(nameOf)), (recorder) => {
          accept(recorder, into);
          const births = [into, ...others].map((id) => queries.birth(id));
          for (const id of others) absorb(queries, recorder, into, id);
          recorder.changePerson(into, { name, birth: births.find((birth) => birth !== null) ?? null });
        });
      },
    },
  };
}

/** Everything said about `from` is now said about `into`; where the two contradict, this merge is the newer word. */
function absorb(queries: PeopleQueries, recorder: Recorder, into: number, from: number): void {
  const rejected = queries.rejectedFaces(from);
  recorder.unreject(rejected, from);
  recorder.relabel(queries.labelledFaces(from), into);
  recorder.label(queries.unlabelledFaces(from), { person: into, strength: 'accepted' });
  const labelled = new Set(rejected.length > 0 ? queries.labelledFaces(into) : []);
  recorder.reject(
    rejected.filter((face) => !labelled.has(face)),
    into,
  );
  const overruled = rejected.filter((face) => labelled.has(face));
  if (overruled.length > 0) recorder.overrule({ kind: 'is-not', faces: overruled, person: into });
  recorder.removePerson(from, into);
}

function namingLabel(former: string | null, name: string | null): string {
  if (name === null) return former === null ? 'Left a group without a name' : `Took the name of ${former} away`;
  return former === null || former === name ? `Named ${name}` : `Renamed ${former} to ${name}`;
}

function mergeLabel(own: PersonRow['name'], others: readonly PersonRow['name'][]): string {
  const [first = null] = others;
  const what = others.length > 1 ? `${others.length} people` : (first ?? 'a group');
  return `Merged ${what} into ${own ?? (first === null ? 'another group' : 'a group')}`;
}
