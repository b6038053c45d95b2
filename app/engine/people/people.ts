import type { Action } from '../../contract/model.ts';
import type { EngineContext, FaceSink, Subject } from '../context.ts';
import { createFacts } from '../db/facts.ts';
import { createGroupingQueries } from '../db/grouping.ts';
import { createPeopleQueries } from '../db/people.ts';
import { createReviewQueries } from '../db/review.ts';
import type { Change } from '../history/change.ts';
import { createHistory, type History } from '../history/history.ts';
import type { Forgotten } from '../history/strip-change.ts';
import type { NearPairs } from '../vector/index-service.ts';
import { createAges } from './ages.ts';
import { createArrivals } from './arrivals.ts';
import { createBirths } from './births.ts';
import { createPersonCorrections } from './correct-people.ts';
import { createFaceCorrections } from './correct-faces.ts';
import { createLinkCorrections } from './correct-links.ts';
import { createEstimates } from './estimates.ts';
import { createFaceDrawing } from './draw-face.ts';
import { createErasing } from './erase-person.ts';
import { createGrouping } from './grouping.ts';
import { createGroupingSchedule } from './grouping-schedule.ts';
import { createHeldMoves } from './held-moves.ts';
import { createIndexFeed } from './index-feed.ts';
import { createOverruled } from './overruled.ts';
import { createPeoplePages } from './people-pages.ts';
import { createMergePreview } from './preview-merge.ts';
import { createQuestions, type FindQuestions } from './questions.ts';
import { createReview } from './review.ts';
import { createSplitting } from './split-person.ts';
import { createSuggestions } from './suggest-merges.ts';

export type People = Subject<
  | 'people.list'
  | 'people.get'
  | 'people.faces'
  | 'people.complete'
  | 'people.name'
  | 'people.merge'
  | 'people.hide'
  | 'people.cover'
  | 'people.birth'
  | 'people.subgroups'
  | 'people.split'
  | 'people.estimate'
  | 'people.suggestions'
  | 'people.apart'
  | 'review.next'
  | 'review.answer'
  | 'faces.move'
  | 'faces.reject'
  | 'faces.notFace'
  | 'faces.add'
  | 'faces.same'
  | 'faces.different'
  | 'faces.notPerson'
  | 'faces.notPeople'
  | 'photos.mirror'
  | 'people.mergePreview'
  | 'people.erase'
  | 'facts.overruled'
  | 'facts.putBack'
  | 'regroup.held'
  | 'regroup.apply'
  | 'regroup.keep'
  | 'history.state'
  | 'history.undo'
  | 'history.redo'
  | 'cluster.run'
> &
  FaceSink & {
    /** Also of what is not about people: there is one journal. */
    readonly history: History;
    /** How near each of a person's faces lies to the rest of them: L2, Infinity where none is near. */
    closenessOf(faces: readonly number[], signal: AbortSignal): Promise<Float32Array>;
    /** The pairs of these faces within a radius (L2), as they are compared now. */
    pairsAmong(faces: Int32Array<ArrayBuffer>, radius: number, signal: AbortSignal): Promise<NearPairs>;
    /**
     * Compares faces after a head, or as they are. `commit` writes down which, at the moment when the index does so;
     * until then the former way serves. The groups are those of before until `regroup`.
     */
    compareBy(weights: Float32Array<ArrayBuffer> | null, commit: () => void): Promise<void>;
    /** The index can be asked; it may lag behind. */
    indexReady(): Promise<void>;
    /** Resolves when the index holds every face. */
    indexWhole(): Promise<void>;
    regroup(signal: AbortSignal): Promise<void>;
    /** By which recognition the groups were made (`Recognition.version`); null where there are none, or nobody knows. */
    groupedBy(): string | null;
    /** What may be asked about who is who. */
    readonly questions: FindQuestions;
  };

/** Who else wants to hear of what the user says. */
export interface PeopleListeners {
  /** A word that changes who is who. */
  readonly onWord?: () => void;
  /** Within the transaction: people and faces of which nothing is to be left. */
  readonly onErased?: (forgotten: Pick<Forgotten, 'people' | 'faces'>) => void;
}

/** People: who is in the photos, what the user says about it, and how faces find their people. */
export function createPeople(context: EngineContext, { onWord, onErased }: PeopleListeners = {}): People {
  const queries = createPeopleQueries(context.db.sql);
  const grouping = createGroupingQueries(context.db.sql);
  const facts = createFacts(context.db.sql);
  const feed = createIndexFeed(context, grouping);
  const history = createHistory(context.db, context.clock, (changes) => {
    context.changed('people', 'photos', 'history');
    if (changes.some(touchesIndex)) schedule.realign();
    if (changes.some(({ table }) => table === 'grouping_distances')) schedule.anew();
    if (!changes.some(isWord)) return;
    schedule.soon();
    onWord?.();
  });
  const isOtherAge = createAges(context, history);
  const held = createHeldMoves(queries, history);
  const schedule = createGroupingSchedule(
    context,
    feed,
    () => grouping.count(),
    createGrouping(context, grouping, feed, history, isOtherAge, held.offer),
  );
  const questions = createQuestions(context, createReviewQueries(context.db.sql), feed);
  const place = createArrivals(context, grouping, feed, facts.repair, isOtherAge);

  /** Other distances show in the groups before anybody is told: a program that ends after it ends grouped. */
  const grouped = async (action: Action): Promise<Action> => {
    if (action.kind === 'calibrate') await schedule.whole();
    return action;
  };

  return {
    history,
    questions,
    indexReady: () => feed.ready(),
    indexWhole: () => schedule.whole(),
    closenessOf: async (faces, signal) => {
      await feed.ready();
      return context.index.closeness({ ids: Int32Array.from(faces) }, signal);
    },
    pairsAmong: async (faces, radius, signal) => {
      await feed.ready();
      return context.index.among({ ids: faces, radius }, signal);
    },
    compareBy: (weights, commit) => feed.use(weights, commit),
    regroup: (signal) => schedule.run(signal),
    groupedBy: () => grouping.groupedBy(),
    handlers: {
      ...createPeoplePages(queries).handlers,
      ...createPersonCorrections(queries, history).handlers,
      ...createBirths(context, queries, history).handlers,
      ...createFaceCorrections(queries, history).handlers,
      ...createLinkCorrections(queries, history).handlers,
      ...createOverruled(context, queries, history).handlers,
      ...createMergePreview(context, queries).handlers,
      ...createErasing(context, queries, history, () => schedule.clearIndex(), onErased).handlers,
      ...held.handlers,
      ...createSplitting(context, queries, feed, history).handlers,
      ...createSuggestions(context, queries, feed, history).handlers,
      ...createReview(context, queries, questions, history).handlers,
      ...createEstimates(context, queries, feed, questions).handlers,
      ...createFaceDrawing(context, history, place).handlers,
      'history.state': () => history.state(),
      'history.undo': () => grouped(history.undo()),
      'history.redo': () => grouped(history.redo()),
      'cluster.run': async (_, signal) => {
        await schedule.run(signal);
        const { people, groups } = queries.counts();
        return { people, groups };
      },
    },
    facesAdded: async (faces) => {
      await place(faces);
      schedule.grown();
    },
    facesGone: async (ids) => {
      context.db.write(() => {
        grouping.show(ids, null);
        facts.repair(ids);
      });
      await feed.remove(ids);
      context.changed('people');
    },
    importIdle: () => schedule.finish(),
    close: () => schedule.close(),
  };
}

/** Drawing a face, marking one as nobody's or as none, or taking that back, changes which faces the index should hold. */
function touchesIndex({ table }: Change): boolean {
  return table === 'not_face' || table === 'not_person' || table === 'drawn';
}

/** Tells the grouping something that other faces may follow. */
function isWord({ table }: Change): boolean {
  return touchesTheRest.has(table);
}
const touchesTheRest = new Set<Change['table']>(['label', 'rejection', 'link', 'mirror', 'not_face', 'not_person']);
