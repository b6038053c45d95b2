import { z } from 'zod';

import { failureCodes } from './errors.ts';
import { ActionId, FaceId, JobId, PersonId, PhotoId } from './ids.ts';

/** `[left, top, width, height]` in pixels of the upright picture (after EXIF orientation). */
export const Box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = z.infer<typeof Box>;

/** Right eye, left eye, nose, right and left mouth corner (the subject's), as `[x, y]` in upright pixels. */
export const Points = z.array(z.tuple([z.number(), z.number()])).length(5);
export type Points = z.infer<typeof Points>;

export const JobState = z.enum(['running', 'paused', 'done', 'cancelled', 'failed']);
export type JobState = z.infer<typeof JobState>;

/** A long task that a user can watch and stop. */
export const Job = z.object({
  id: JobId,
  /** `embed`: every face gets a vector of another embedder. */
  kind: z.enum(['import', 'cluster', 'embed']),
  state: JobState,
  /** Still finding files: `total` grows. */
  walking: z.boolean(),
  total: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  faces: z.number().int(),
  /** Photos per second over the last seconds; 0 when not known yet. */
  rate: z.number(),
  /** Seconds left, null when not known yet. */
  secondsLeft: z.number().nullable(),
  /** Why the job stopped by itself, in words; null when it did not. */
  problem: z.string().nullable(),
});
export type Job = z.infer<typeof Job>;

/** A face model: installed, or to be had. */
export const ModelPack = z.object({
  name: z.string(),
  title: z.string(),
  role: z.enum(['embedder', 'detector']),
  licence: z.string(),
  /** Where it comes from. */
  source: z.string(),
  /** How well it does, in words; null where nobody has measured. */
  measured: z.string().nullable(),
  /** CPU milliseconds to describe a face that is kept, on one core of a computer of 2026; null where nobody has measured. */
  faceMs: z.number().nullable(),
  installed: z.boolean(),
  /** Came with the program and cannot be removed. */
  builtIn: z.boolean(),
  /** The library uses it. */
  active: z.boolean(),
  /** The library is changing to it. */
  next: z.boolean(),
  /** On the disk, of those installed; else to be fetched. */
  bytes: z.number().int(),
});
export type ModelPack = z.infer<typeof ModelPack>;

/** What can run the models on this computer, and how well it does. */
export const Hardware = z.object({
  /** Milliseconds since 1970; null where nothing was measured yet. */
  measuredAt: z.number().nullable(),
  /** Being measured just now: what is known so far is in the list. */
  measuring: z.boolean(),
  backends: z.array(
    z.object({
      name: z.string(),
      /** In words. */
      title: z.string(),
      chosen: z.boolean(),
      /** What the numbers are worked out on, in words. Null, as the following, where it could not be measured. */
      device: z.string().nullable(),
      facesPerSecond: z.number().nullable(),
      /** Milliseconds that finding the faces adds for each photo. */
      detectMs: z.number().nullable(),
      /** The most that a vector turns away from what it should be: 1 − cosine. */
      deviation: z.number().nullable(),
      /** The largest difference between a number of an embedding and what it should be. */
      difference: z.number().nullable(),
      /** Why it is chosen or not, in words. */
      reason: z.string(),
    }),
  ),
});
export type Hardware = z.infer<typeof Hardware>;

/** A file that could not be imported. */
export const FileFailure = z.object({
  path: z.string(),
  code: z.enum(failureCodes),
  message: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type FileFailure = z.infer<typeof FileFailure>;

export const LibraryStatus = z.object({
  dir: z.string(),
  version: z.string(),
  photos: z.number().int(),
  faces: z.number().int(),
  /** Named people. */
  people: z.number().int(),
  /** Groups without a name. */
  groups: z.number().int(),
  failures: z.number().int(),
  folders: z.array(z.string()),
  /** True while the last cluster run is older than the faces. */
  clustersOutdated: z.boolean(),
});
export type LibraryStatus = z.infer<typeof LibraryStatus>;

const isList = (value: unknown): boolean => Array.isArray(value) || ArrayBuffer.isView(value);

/**
 * The photos of a result by month, newest first, in columns so that a million rows stay small.
 * `ids[i]` was taken in that month and is `ratios[i]` times as wide as high. Typed arrays from thread to thread, which
 * copies them at once; plain ones over HTTP.
 */
export const Timeline = z.object({
  total: z.number().int(),
  months: z.array(
    z.object({
      /** `2019-08`, or `unknown` where no date is known; `match` for all of them, ordered by how well faces match. */
      month: z.string(),
      ids: z.custom<ArrayLike<PhotoId>>(isList),
      ratios: z.custom<ArrayLike<number>>(isList),
    }),
  ),
});
export type Timeline = z.infer<typeof Timeline>;

/** What a grid needs to show a photo before its thumbnail has come. */
export const PhotoCard = z.object({
  id: PhotoId,
  name: z.string(),
  takenAt: z.number().nullable(),
  /** A WebP of 16 pixels, as a data URL. */
  blur: z.string().nullable(),
  /** Named people in the photo. */
  people: z.array(z.string()),
  favourite: z.boolean(),
});
export type PhotoCard = z.infer<typeof PhotoCard>;

export const FaceInPhoto = z.object({
  id: FaceId,
  box: Box,
  points: Points.nullable(),
  score: z.number(),
  /** 0 (useless) to 1 (sharp, large, frontal). */
  quality: z.number(),
  manual: z.boolean(),
  person: z.object({ id: PersonId, name: z.string().nullable(), birth: z.number().nullable() }).nullable(),
  /** The user said so, rather than the clustering. */
  confirmed: z.boolean(),
  /** The user said that it is nobody's: a statue, a picture on a wall. */
  notPerson: z.boolean(),
});
export type FaceInPhoto = z.infer<typeof FaceInPhoto>;

export const PhotoDetails = z.object({
  id: PhotoId,
  path: z.string(),
  bytes: z.number().int(),
  /** Pixels of the upright picture. */
  width: z.number().int(),
  height: z.number().int(),
  /** Local time of the camera as milliseconds, as if it were UTC; null when unknown. */
  takenAt: z.number().nullable(),
  /** Where the date comes from. */
  dateSource: z.enum(['exif', 'name', 'file']).nullable(),
  camera: z.string().nullable(),
  favourite: z.boolean(),
  /** The user said that a person may be in it more than once: a mirror, a collage. */
  mirror: z.boolean(),
  /** The original is where it was last seen. */
  present: z.boolean(),
  faces: z.array(FaceInPhoto),
});
export type PhotoDetails = z.infer<typeof PhotoDetails>;

/** A person, or a group that has no name yet (`name` null). */
export const Person = z.object({
  id: PersonId,
  name: z.string().nullable(),
  hidden: z.boolean(),
  faces: z.number().int(),
  photos: z.number().int(),
  /** The face shown for the person; null for a person with no faces left. */
  cover: FaceId.nullable(),
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  /** The day of birth, ms since 1970 as if UTC; null where nobody said. */
  birth: z.number().nullable(),
  /** How much the photos are about it: photos × how well its faces are seen in them. */
  relevance: z.number(),
  /** A group without a name that few would miss: in few photos, small or blurred. */
  minor: z.boolean(),
});
export type Person = z.infer<typeof Person>;

const Range = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** How well a person is known, with an interval that holds the truth 19 times of 20. */
export const PersonEstimate = z.object({
  /** Faces shown as the person; those of them that the user confirmed; those that the user took away. */
  faces: z.number().int(),
  confirmed: z.number().int(),
  removed: z.number().int(),
  /** Share of the faces that are right, 0 to 1. */
  precision: Range,
  /** Faces that are not shown as the person yet. Those that no detector saw do not count. */
  missing: Range,
  /** Questions of the review about the person, on which `missing` rests. */
  asked: z.number().int(),
});
export type PersonEstimate = z.infer<typeof PersonEstimate>;

/** Somebody who may be the same as another person. */
export const MergeSuggestion = z.object({
  person: Person,
  /** The two faces that lie nearest to one another: that of the person asked about, and the other's. */
  nearest: z.tuple([FaceId, FaceId]),
  /** L2 between those two; up to `alike` two faces count as one person's. */
  distance: z.number(),
  alike: z.number(),
  /** Pairs of their faces within `alike`. */
  pairs: z.number().int(),
  /** In plain words. */
  reason: z.string(),
});
export type MergeSuggestion = z.infer<typeof MergeSuggestion>;

/** "Is this that person?", asked of a face, or of the group that it stands for. */
export const ReviewQuestion = z.object({
  face: FaceId,
  photo: PhotoId,
  group: PersonId.nullable(),
  person: Person,
  /** The person's face that lies nearest. */
  nearest: FaceId,
  nearestPhoto: PhotoId,
  /** L2 between the two; up to `alike` two faces count as one person's. */
  distance: z.number(),
  alike: z.number(),
  /** Further faces of the person: those that the user confirmed first, then the nearest; L2 to `face`. */
  beside: z.array(z.object({ face: FaceId, photo: PhotoId, confirmed: z.boolean(), distance: z.number() })),
  /** L2 on the average between all faces that are asked about and all of the person's. */
  average: z.number(),
  /** The next person, and the average distance to that one. */
  runnerUp: z.object({ name: z.string().nullable(), distance: z.number() }).nullable(),
  /** The year that the person's faces are from, where none are known from the years of `face`; else null. */
  otherYear: z.number().int().nullable(),
  /** How likely a yes is, 0 to 1. */
  likelihood: z.number(),
  /** Faces that a yes settles. */
  settles: z.number().int(),
});
export type ReviewQuestion = z.infer<typeof ReviewQuestion>;

export const FaceCard = z.object({
  id: FaceId,
  photo: PhotoId,
  quality: z.number(),
  confirmed: z.boolean(),
  takenAt: z.number().nullable(),
});
export type FaceCard = z.infer<typeof FaceCard>;

/** Something the user did, in the journal. `label` says it in plain words: `Named Anna`. */
export const Action = z.object({
  id: ActionId,
  kind: z.enum([
    'name',
    'merge',
    'move',
    'reject',
    'not-a-face',
    'hide',
    'cover',
    'favourite',
    'search',
    'add-face',
    'split',
    'apart',
    'birth',
    'same',
    'different',
    'mirror',
    'not-a-person',
    'regroup',
    'put-back',
    'calibrate',
  ]),
  label: z.string(),
  at: z.number(),
  undone: z.boolean(),
  /** How much of what the user said before does not hold any more, because it contradicts this: see `facts.overruled`. */
  overruled: z.number().int().optional(),
});
export type Action = z.infer<typeof Action>;

/** Something the user said once that a newer word contradicts. */
export const Overruled = z.object({
  id: z.number().int().positive(),
  /** In plain words: `2 faces are not Anna`. */
  words: z.string(),
  faces: z.array(FaceId),
  person: PersonId.nullable(),
});
export type Overruled = z.infer<typeof Overruled>;

/** What making several people one would do. */
export const MergePreview = z.object({
  /** The name that survives. */
  name: z.string().nullable(),
  faces: z.number().int(),
  photos: z.number().int(),
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  /** Names that go. */
  namesLost: z.array(z.string()),
  /** Photos that show more than one of them: a sign that they are different people. */
  together: z.array(PhotoId),
  /** Faces said not to be the one they would be now: the merge overrules that. */
  overruled: z.array(FaceId),
});
export type MergePreview = z.infer<typeof MergePreview>;

/** Faces that the last grouping would take from a person with a name, and waits to be told. */
export const HeldMove = z.object({
  from: Person,
  /** Null: a group of their own where `group`, else nobody. */
  to: Person.nullable(),
  group: z.boolean(),
  faces: z.array(FaceId),
});
export type HeldMove = z.infer<typeof HeldMove>;

export const HistoryState = z.object({ undo: Action.nullable(), redo: Action.nullable() });
export type HistoryState = z.infer<typeof HistoryState>;

/** One part of a query as it was understood. `from` and `to` are offsets in the query text. */
export const QueryChip = z.object({
  kind: z.enum(['person', 'date', 'text', 'only', 'or', 'not', 'count', 'unnamed', 'favourite', 'camera', 'sort']),
  text: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  person: PersonId.nullable(),
  cover: FaceId.nullable(),
  negated: z.boolean(),
});
export type QueryChip = z.infer<typeof QueryChip>;

/** A search to come back to. `text` is the query with people by name where it has their ids. */
export const SavedSearch = z.object({ query: z.string(), text: z.string() });
export type SavedSearch = z.infer<typeof SavedSearch>;

export const Suggestion = z.object({
  kind: z.enum(['saved', 'person', 'date', 'folder']),
  text: z.string(),
  /** The whole query after taking the suggestion. */
  query: z.string(),
  person: PersonId.nullable(),
  cover: FaceId.nullable(),
});
export type Suggestion = z.infer<typeof Suggestion>;
