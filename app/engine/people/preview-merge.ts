import type { EngineContext, Subject } from '../context.ts';
import { createMergeQueries } from '../db/merges.ts';
import type { PeopleQueries } from '../db/people.ts';
import { personMissing } from './people-pages.ts';

/** Who is merged with whom: those that are not the same already, and the name that survives. */
export function planMerge(
  nameOf: (id: number) => string | null,
  into: number,
  from: readonly number[],
): { readonly others: number[]; readonly name: string | null; readonly namesLost: string[] } {
  const others = [...new Set(from)].filter((id) => id !== into);
  const names = [into, ...others].map(nameOf).filter((name) => name !== null);
  const [name = null] = names;
  return { others, name, namesLost: [...new Set(names)].filter((other) => other !== name) };
}

/** What a merge would do, before it is done. */
export function createMergePreview(context: EngineContext, queries: PeopleQueries): Subject<'people.mergePreview'> {
  const merges = createMergeQueries(context.db.sql);
  const nameOf = (id: number): string | null => {
    const row = queries.name(id);
    if (!row) throw personMissing();
    return row.name;
  };
  return {
    handlers: {
      'people.mergePreview': ({ into, from }) => {
        const { others, name, namesLost } = planMerge(nameOf, into, from);
        const all = [into, ...others];
        return {
          name,
          namesLost,
          ...merges.counts(all),
          together: merges.together(all),
          overruled: merges.rejected(all),
        };
      },
    },
  };
}
