import type { QueryChip } from '../../contract/model.ts';
import type { PersonId } from '../../contract/ids.ts';

/** What a photo has to be to be found. */
export type QueryNode =
  | { readonly kind: 'all'; readonly parts: readonly QueryNode[] }
  | { readonly kind: 'any'; readonly parts: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly part: QueryNode }
  /** Shows one of `people`; nobody is in no photo. */
  | { readonly kind: 'people'; readonly people: readonly PersonId[] }
  /** Shows one of each entry of `names`, and no other named person that is not hidden. */
  | { readonly kind: 'only'; readonly names: readonly (readonly PersonId[])[] }
  /** Taken in `from ≤ time < to`, in milliseconds of the camera's local time as if UTC. */
  | { readonly kind: 'taken'; readonly from: number; readonly to: number }
  /** Taken in one of `spans`. */
  | { readonly kind: 'takenIn'; readonly spans: readonly TimeSpan[] }
  /** Has `from` to `to` faces, both included; `to` may be infinite. Faces of nobody count, as long as they are there. */
  | { readonly kind: 'faces'; readonly from: number; readonly to: number }
  /** Shows a face of nobody, or of a group without a name that is not hidden. */
  | { readonly kind: 'unnamed' }
  | { readonly kind: 'favourite' }
  /** Has the text in the name of its camera; ASCII letters match in either case. */
  | { readonly kind: 'camera'; readonly text: string }
  /** Has the words in a row in its path; the last word may go on where `prefix`. */
  | { readonly kind: 'text'; readonly field: TextField; readonly text: string; readonly prefix: boolean };

/** A span of camera time: milliseconds as if UTC, `from ≤ t < to`. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Where text is looked for. */
export type TextField = 'folder' | 'file' | 'path';

/** A part of the query that cannot be meant. `at` is an offset in the query text. */
export interface QueryProblem {
  readonly at: number;
  readonly message: string;
}

/** A part of the query: what it asks for, how it is shown, and how many tokens it took. */
export interface QueryTerm {
  readonly node: QueryNode;
  readonly chip: Pick<QueryChip, 'kind' | 'text' | 'person'>;
  readonly tokens: number;
}

/** Newest first, or the photos first whose faces match best the people that are asked for. */
export type QueryOrder = 'time' | 'match';

/** A query as it was understood. */
export interface Query {
  readonly tree: QueryNode;
  readonly order: QueryOrder;
  /** In the order of the text; they do not overlap. Covers are filled in by `photos.timeline`. */
  readonly chips: readonly QueryChip[];
  /** The first part that cannot be meant, null where all is well. The tree leaves it out. */
  readonly problem: QueryProblem | null;
}
