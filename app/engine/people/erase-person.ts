import type { EngineContext, Subject } from '../context.ts';
import { createErasure } from '../db/erasure.ts';
import { createHeadTable } from '../db/heads.ts';
import type { PeopleQueries } from '../db/people.ts';
import { forgetInJournal, mergedInto, namesIn } from '../history/forget-in-journal.ts';
import type { History } from '../history/history.ts';
import type { Forgotten } from '../history/strip-change.ts';
import { createNameIndex, type NamedPerson } from '../search/name-index.ts';
import { parseQuery } from '../search/parse-query.ts';
import { personMissing } from './people-pages.ts';

/**
 * Erases a person: the one act that cannot be undone. Name, labels, vectors, crops and whatever the journal and saved
 * searches say of the person go, from the database file too; of the faces only their places in the photos are kept, so
 * that no scan finds them again. Photos stay. In photos that come later the person is a stranger like any other.
 * What was learnt from the person goes too, and another head or none is in use. `dropIndex` deletes the files that hold
 * vectors, which are made again from what is left. `onErased` is told within the transaction.
 */
export function createErasing(
  context: EngineContext,
  queries: PeopleQueries,
  history: History,
  dropIndex: () => Promise<void>,
  onErased: (forgotten: Pick<Forgotten, 'people' | 'faces'>) => void = () => undefined,
): Subject<'people.erase'> {
  const erasure = createErasure(context.db.sql);
  const heads = createHeadTable(context.db.sql);
  /** Whether a search asks for the people, by number or by a name that they have or had. */
  const searchFor = (people: ReadonlySet<number>, names: ReadonlySet<string>): Forgotten['isSearch'] => {
    const index = createNameIndex(queries.named() as NamedPerson[]);
    const folded = [...names].map((name) => name.toLocaleLowerCase());
    return (query) =>
      folded.some((name) => query.toLocaleLowerCase().includes(name)) ||
      parseQuery(query, index).chips.some(({ person }) => person !== null && people.has(person));
  };

  return {
    handlers: {
      'people.erase': async ({ person }) => {
        if (!queries.name(person)) throw personMissing();
        let faces: number[] = [];
        history.forget((journal) => {
          const people = mergedInto(journal, person);
          faces = erasure.facesOf([...people]);
          const names = new Set([...namesIn(journal, people), ...erasure.namesOf([...people])]);
          const forgotten = { people, faces: new Set(faces), isSearch: searchFor(people, names) };
          forgetInJournal(journal, forgotten, names);
          heads.forget(people, faces);
          erasure.erase(forgotten);
          onErased(forgotten);
        });
        await dropIndex();
        context.db.scrub();
        return { faces: faces.length };
      },
    },
  };
}
