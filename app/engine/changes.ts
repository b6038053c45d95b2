import type { Events } from '../contract/api.ts';

type Subjects = Events['changed']['subjects'];

/** Milliseconds over which changes are gathered, so that an import does not redraw a page for every photo. */
const gatherMs = 250;

/** Gathers what changed and passes it on a few times a second. */
export function gatherChanges(pass: (subjects: Subjects) => void): {
  readonly add: (...subjects: Subjects) => void;
  readonly close: () => void;
} {
  const gathered = new Set<Subjects[number]>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const subjects = [...gathered];
    gathered.clear();
    pass(subjects);
  };
  return {
    add: (...subjects) => {
      for (const subject of subjects) gathered.add(subject);
      timer ??= setTimeout(flush, gatherMs);
    },
    close: () => clearTimeout(timer),
  };
}
