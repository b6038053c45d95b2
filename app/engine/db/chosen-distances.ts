import { GroupingDistances } from '../../contract/measures.ts';
import type { LibrarySettings } from './library-settings.ts';

/** Distances that the user chose to group by, kept for each version of the recognition. */
export interface ChosenDistances {
  readonly of: (version: string) => GroupingDistances | null;
  /** Null: those of the model. */
  readonly choose: (version: string, distances: GroupingDistances | null) => void;
}

export function chosenDistances(remembered: LibrarySettings): ChosenDistances {
  const key = (version: string): string => `grouping distances ${version}`;
  return {
    of: (version) => readDistances(remembered.get(key(version))),
    choose: (version, distances) => remembered.set(key(version), distances && JSON.stringify(distances)),
  };
}

/** What cannot be read counts as not chosen. */
function readDistances(text: string | null): GroupingDistances | null {
  if (text === null) return null;
  try {
    return GroupingDistances.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
