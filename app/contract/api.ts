import { z } from 'zod';

import type { Reply } from './errors.ts';
import { FaceId, HeadId, JobId, PersonId, PhotoId } from './ids.ts';
import {
  Calibration,
  ClusterMeasure,
  FaceMap,
  GroupingDistances,
  LibraryMeasures,
  PairMeasures,
  PersonQuality,
  ThresholdPreview,
} from './measures.ts';
import {
  Action,
  Box,
  FaceCard,
  FileFailure,
  Hardware,
  HeldMove,
  HistoryState,
  Job,
  LibraryStatus,
  MergePreview,
  MergeSuggestion,
  ModelPack,
  Overruled,
  Person,
  PersonEstimate,
  PhotoCard,
  PhotoDetails,
  QueryChip,
  ReviewQuestion,
  SavedSearch,
  Suggestion,
  Timeline,
} from './model.ts';
import { TrainingSettings, TuningRun, TuningState } from './tuning.ts';

const nothing = z.object({}).strict();
const request = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
const packName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const path = z.string().min(1).max(32_768);
/** Any text a user may type; what is not allowed in a name is refused with a reason, not by the schema. */
const typed = z.string().max(100_000);

/** Every request the engine answers, once. Channels, routes, client and handler types all come from here. */
export const requests = {
  'library.status': request(nothing, LibraryStatus),

  'import.add': request(z.object({ paths: z.array(path).min(1).max(100_000) }), z.object({ job: JobId })),
  'import.pause': request(nothing, nothing),
  'import.resume': request(nothing, nothing),
  'import.cancel': request(nothing, nothing),
  /** Reads the failed files again, all or those named. */
  'import.retry': request(z.object({ paths: z.array(path).optional() }), z.object({ job: JobId })),
  'import.failures': request(
    z.object({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(1000) }),
    z.object({ total: z.number().int(), failures: z.array(FileFailure) }),
  ),
  'jobs.list': request(nothing, z.array(Job)),
  /** The folders below one, for a host whose page gets no paths. `path` null: where to begin. */
  'folders.browse': request(
    z.object({ path: path.nullable() }),
    z.object({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.object({ name: z.string(), path: z.string() })),
      /** Pictures directly in `path`. */
      pictures: z.number().int(),
    }),
  ),

  /** All photos, or those a query finds, newest first. */
  'photos.timeline': request(z.object({ query: typed }), Timeline.extend({ chips: z.array(QueryChip) })),
  'photos.cards': request(z.object({ ids: z.array(PhotoId).max(2000) }), z.array(PhotoCard)),
  'photos.get': request(z.object({ id: PhotoId }), PhotoDetails),
  /** Whether a person may be in this photo more than once: a mirror, a collage. */
  'photos.mirror': request(z.object({ id: PhotoId, allowed: z.boolean() }), Action),
  'photos.favourite': request(z.object({ ids: z.array(PhotoId).min(1).max(100_000), favourite: z.boolean() }), Action),

  /** People and groups, named first, then by number of photos. */
  'people.list': request(z.object({ hidden: z.boolean() }), z.array(Person)),
  'people.get': request(
    z.object({ id: PersonId }),
    Person.extend({ oftenWith: z.array(z.object({ id: PersonId, name: z.string(), photos: z.number().int() })) }),
  ),
  'people.faces': request(
    z.object({ id: PersonId, offset: z.number().int().min(0), limit: z.number().int().min(1).max(2000) }),
    z.object({ total: z.number().int(), faces: z.array(FaceCard) }),
  ),
  /** Named people whose name has a word that begins with `prefix`, most photos first. */
  'people.complete': request(z.object({ prefix: typed }), z.array(Person)),
  /** An empty name takes the name away. A name that another person has is kept apart unless merged. */
  'people.name': request(z.object({ person: PersonId, name: typed }), Action),
  'people.merge': request(z.object({ into: PersonId, from: z.array(PersonId).min(1) }), Action),
  /** What a merge would do. */
  'people.mergePreview': request(z.object({ into: PersonId, from: z.array(PersonId).min(1) }), MergePreview),
  /**
   * Removes a person for good: name, labels, vectors, crops, and what the journal knows of them; the photos stay. Cannot
   * be undone.
   */
  'people.erase': request(z.object({ person: PersonId }), z.object({ faces: z.number().int() })),
  'people.hide': request(z.object({ person: PersonId, hidden: z.boolean() }), Action),
  /** The day of birth, ms since 1970 as if UTC; null takes it away. */
  'people.birth': request(z.object({ person: PersonId, birth: z.number().int().nullable() }), Action),
  'people.cover': request(z.object({ person: PersonId, face: FaceId }), Action),

  /** Parts of a person or group that may be different people, the largest first, each with its clearest face first. */
  'people.subgroups': request(
    z.object({ person: PersonId }),
    z.object({ groups: z.array(z.array(FaceId)), twoPeople: z.boolean() }),
  ),
  /** These faces of a person are another: the one of that name, or a new one. The rest stay, for good. */
  'people.split': request(
    z.object({ person: PersonId, faces: z.array(FaceId).min(1).max(100_000), name: typed.optional() }),
    Action.extend({ into: PersonId }),
  ),

  /** How well a named person with two faces or more is known; null for others. */
  'people.estimate': request(z.object({ id: PersonId }), PersonEstimate.nullable()),

  /** Others who may be the same person, the nearest first, and why. */
  'people.suggestions': request(z.object({ person: PersonId }), z.array(MergeSuggestion)),
  /** These two are different people: neither is suggested for, or grouped with, the other again. */
  'people.apart': request(z.object({ person: PersonId, other: PersonId }), Action),

  /**
   * The question whose answer is worth most now; null when none is left. `left` and `settles` count all of them and
   * their faces; `expected` is how many of those will probably turn out to be the person asked about.
   */
  'review.next': request(
    nothing,
    z.object({
      question: ReviewQuestion.nullable(),
      left: z.number().int(),
      settles: z.number().int(),
      expected: z.number(),
    }),
  ),
  /** Yes and no are actions; a yes takes faces along that it makes as good as certain. What is put off (`unsure`: asked last) is remembered, and gives null. */
  'review.answer': request(
    z.object({
      face: FaceId,
      group: PersonId.nullable(),
      person: PersonId,
      answer: z.enum(['yes', 'no', 'unsure', 'skip']),
    }),
    Action.nullable(),
  ),

  /** To a person by id, or by name: an existing person of that name, else a new one. */
  'faces.move': request(
    z.object({
      faces: z.array(FaceId).min(1).max(100_000),
      to: z.union([z.object({ person: PersonId }), z.object({ name: typed })]),
    }),
    Action,
  ),
  /** "Not this person": for each face, the person that it is shown as now. */
  'faces.reject': request(z.object({ faces: z.array(FaceId).min(1).max(100_000) }), Action),
  'faces.notFace': request(z.object({ faces: z.array(FaceId).min(1).max(100_000) }), Action),
  /** Faces that are nobody's: statues, pictures on walls. Or, with `person`, somebody's after all. */
  'faces.notPerson': request(
    z.object({ faces: z.array(FaceId).min(1).max(100_000), person: z.boolean().default(false) }),
    Action,
  ),
  'faces.notPeople': request(
    z.object({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(2000) }),
    z.object({ total: z.number().int(), faces: z.array(FaceCard) }),
  ),
  /** These faces are one person, whoever that is. */
  'faces.same': request(z.object({ faces: z.array(FaceId).min(2).max(1000) }), Action),
  /** Any two of these faces are two people, whoever they are. */
  'faces.different': request(z.object({ faces: z.array(FaceId).min(2).max(20) }), Action),
  /** A face that was missed, drawn by the user in pixels of the upright picture. */
  'faces.add': request(z.object({ photo: PhotoId, box: Box }), Action.extend({ face: FaceId })),

  /** What the user said and a newer word contradicts, newest first. */
  'facts.overruled': request(nothing, z.array(Overruled)),
  /** Says it again: now it is the newest word. */
  'facts.putBack': request(z.object({ id: z.number().int().positive() }), Action),

  /** What the last grouping would take from people with names; empty where nothing waits. */
  'regroup.held': request(nothing, z.array(HeldMove)),
  /** Lets these faces go as proposed, … */
  'regroup.apply': request(z.object({ faces: z.array(FaceId).min(1).max(100_000) }), Action),
  /** … or says that they are whom they are shown as. */
  'regroup.keep': request(z.object({ faces: z.array(FaceId).min(1).max(100_000) }), Action),

  'history.state': request(nothing, HistoryState),
  'history.undo': request(nothing, Action),
  'history.redo': request(nothing, Action),

  'search.suggest': request(z.object({ query: typed, cursor: z.number().int().min(0) }), z.array(Suggestion)),
  /** The part of a query that cannot be meant: `at` is where it begins in the text; null where all is well. */
  'search.check': request(
    z.object({ query: typed }),
    z.object({ problem: z.object({ at: z.number().int(), message: z.string() }).nullable() }),
  ),
  /** Named people who are most often in the photos that a query finds, other than those it asks for; of the newest. */
  'search.together': request(
    z.object({ query: typed }),
    z.array(z.object({ id: PersonId, name: z.string(), cover: FaceId.nullable(), photos: z.number().int() })),
  ),
  /** Newest first. */
  'searches.list': request(nothing, z.array(SavedSearch)),
  'searches.save': request(z.object({ query: typed }), Action),
  'searches.remove': request(z.object({ query: typed }), Action),

  /** For programs: every face, with the absolute path of its photo. */
  'export.faces': request(
    nothing,
    z.array(
      z.object({
        id: FaceId,
        photo: z.string(),
        box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        score: z.number(),
        quality: z.number(),
        person: PersonId.nullable(),
      }),
    ),
  ),
  /** For programs: the photos a query finds, with paths and the names or ids of the people in them. */
  'export.search': request(
    z.object({ query: typed }),
    z.array(
      z.object({
        photo: z.string(),
        date: z.string().nullable(),
        people: z.array(z.object({ id: PersonId, name: z.string().nullable() })),
      }),
    ),
  ),
  /** Groups every face anew; waits until it is done. */
  'cluster.run': request(nothing, z.object({ people: z.number().int(), groups: z.number().int() })),
  /** The LFW protocol on the scanned photos below `root`. */
  'evaluate.pairs': request(z.object({ root: path, pairs: z.string() }), PairMeasures),
  /**
   * All pairs of the scanned photos below `root`, a folder per person, and how well the groups match the folders. Where
   * such a folder has a folder `young`: the pairs of a young photo and another, how well groups hold them together, and `looks`, the same
   * pairs of all young photos of a person taken together and all others.
   */
  'evaluate.folders': request(
    z.object({ root: path }),
    PairMeasures.extend({
      bcubed: ClusterMeasure,
      pairwise: ClusterMeasure,
      crossAge: PairMeasures.extend({ pairwise: ClusterMeasure, looks: PairMeasures }).optional(),
    }),
  ),
  /** All pairs of the faces that the user said whose they are, in the open library. */
  'evaluate.library': request(nothing, LibraryMeasures),

  /** Named people with two faces or more. */
  'insights.people': request(nothing, z.array(PersonQuality)),
  'insights.map': request(nothing, FaceMap),
  /** What grouping by these distances would give; nothing is changed. */
  'insights.preview': request(GroupingDistances, ThresholdPreview),
  'insights.calibration': request(nothing, Calibration),
  /** Groups by these distances from now on; null: by those of the model. Waits until it is grouped anew. */
  'insights.calibrate': request(z.object({ distances: GroupingDistances.nullable() }), Action),

  'tune.state': request(nothing, TuningState),
  /** Begins to learn; the event `tuning` tells how far it is. @throws `bad-request` while a run is on or too little is known */
  'tune.start': request(z.object({ settings: TrainingSettings.partial().default({}) }), nothing),
  'tune.pause': request(nothing, nothing),
  'tune.resume': request(nothing, nothing),
  'tune.cancel': request(nothing, nothing),
  /** Compares faces by this version from now on, an earlier one too; null: by the model alone. */
  'tune.use': request(z.object({ head: HeadId.nullable() }), nothing),
  /** The user wants none of it. */
  'tune.decline': request(z.object({ head: HeadId }), nothing),
  'tune.automatic': request(z.object({ on: z.boolean() }), nothing),

  /** Every face model that is installed or can be had. */
  'models.list': request(nothing, z.array(ModelPack)),
  /** Fetches, checks and installs a pack; the event `download` tells how far it is. `from`: a mirror of its files. */
  'models.add': request(z.object({ name: packName, from: z.url().optional() }), ModelPack),
  'models.remove': request(z.object({ name: packName }), nothing),
  /**
   * Makes an embedder the library's own: every face is embedded anew in the background while the old one serves.
   * Naming the active one takes a change back that is under way; then `job` is null.
   */
  'models.use': request(z.object({ name: packName }), z.object({ job: JobId.nullable() })),
  /** Makes an embedder pack of an ONNX file, after running it. */
  'models.import': request(
    z.object({
      file: path,
      name: packName,
      title: z.string().max(200).optional(),
      licence: z.string().max(200).optional(),
      role: z.literal('embedder'),
      template: z.string().max(100),
      colour: z.enum(['rgb', 'bgr']),
      /** One number, or one for each of red, green and blue: pixel = (value − mean) / scale. */
      mean: z.array(z.number()).refine((values) => values.length === 1 || values.length === 3),
      scale: z.number().positive(),
      dimensions: z.number().int().positive().optional(),
      /** L2 distance between unit vectors under which two faces are one person. */
      pair: z.number().positive().max(2),
    }),
    ModelPack,
  ),
  /** Whether two photos show the same person: the most prominent face of each, or a face of the library by its id. */
  'verify.pair': request(
    z.object({ paths: z.tuple([z.union([path, FaceId]), z.union([path, FaceId])]), pictures: z.boolean().optional() }),
    z.object({
      /** L2 between unit vectors, 0 to 2. */
      distance: z.number(),
      threshold: z.number(),
      same: z.boolean(),
      /** Share of pairs of different people that come as near as the threshold; null where nobody has measured. */
      far: z.number().nullable(),
      /** Share of them that come as near as these two. */
      farAtDistance: z.number().nullable(),
      embedder: z.string(),
      /** Faces found in each photo. */
      faces: z.tuple([z.number().int(), z.number().int()]),
      /** The faces that were compared, WebP in base64; null unless `pictures` asks for them. */
      pictures: z.tuple([z.base64(), z.base64()]).nullable(),
    }),
  ),
  'doctor.run': request(
    nothing,
    z.array(
      z.object({
        name: z.string(),
        ok: z.boolean(),
        /** What was found, and where not ok what to do. */
        detail: z.string(),
      }),
    ),
  ),
  'hardware.list': request(nothing, Hardware),
  /** Measures everything that can run the models, and chooses anew; waits until it is done. Not while a job runs. */
  'hardware.probe': request(nothing, Hardware),
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
/** What a caller passes. */
export type Input<N extends RequestName> = z.input<Requests[N]['input']>;
/** What a handler gets. */
export type Parsed<N extends RequestName> = z.output<Requests[N]['input']>;
export type Output<N extends RequestName> = z.output<Requests[N]['output']>;

/** What part of the library changed, so that a page knows what to ask for again. */
export const events = {
  jobs: z.array(Job),
  /** A face model is being fetched. */
  download: z.object({ name: z.string(), done: z.number(), total: z.number() }),
  changed: z.object({ subjects: z.array(z.enum(['photos', 'people', 'history', 'failures', 'hardware', 'tuning'])) }),
  /** How far a training is; null: it has ended. */
  tuning: z.object({ run: TuningRun.nullable() }),
  /** Something the user has to know that belongs to no request. */
  notice: z.object({ message: z.string() }),
} as const;

export type Events = { readonly [N in keyof typeof events]: z.infer<(typeof events)[N]> };
export type EventName = keyof Events;

export type Handler<N extends RequestName> = (input: Parsed<N>, signal: AbortSignal) => Output<N> | Promise<Output<N>>;
export type Handlers = { readonly [N in RequestName]: Handler<N> };

/** How an interface reaches the engine: one implementation per host. */
export interface Backend {
  request<N extends RequestName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Output<N>>;
  /** Returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void;
}

/** The one door of the engine: an untrusted name and input in, an envelope out. It never throws. */
export type Dispatch = (name: string, input: unknown, signal: AbortSignal) => Promise<Reply<unknown>>;

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}
