import type { EngineContext, FaceSink, Subject } from '../context.ts';
import { createGroupingQueries } from '../db/grouping.ts';
import { createPeopleQueries } from '../db/people.ts';
import type { Change } from '../history/change.ts';
import { createHistory, type History } from '../history/history.ts';
import { createArrivals } from './arrivals.ts';
import { createBirths } from './births.ts';
import { createPersonCorrections } from './correct-people.ts';
import { createFaceCorrections } from './correct-faces.ts';
import { createFaceDrawing } from './draw-face.ts';
import { createGrouping } from './grouping.ts';
import { createGroupingSchedule } from './grouping-schedule.ts';
import { createIndexFeed } from './index-feed.ts';
import { createPeoplePages } from './people-pages.ts';
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
  | 'people.suggestions'
  | 'people.apart'
  | 'review.next'
  | 'review.answer'
  | 'faces.move'
  | 'faces.reject'
  | 'faces.notFace'
  | 'faces.add'
  | 'history.state'
  | 'history.undo'
  | 'history.redo'
  | 'cluster.run'
> &
  FaceSink & {
    /** Also of what is not about people: there is one journal. */
    readonly history: History;
  };

/** People: who is in the photos, what the user says about it, and how faces find their people. */
export function createPeople(context: EngineContext): People {
  const queries = createPeopleQueries(context.db.sql);
  const grouping = createGroupingQueries(context.db.sql);
  const feed = createIndexFeed(context, grouping);
  const history = createHistory(context.db, context.clock, (changes) => {
    context.changed('people', 'photos', 'history');
    if (changes.some(touchesIndex)) schedule.realign();
  });
  const schedule = createGroupingSchedule(
    context,
    feed,
    () => grouping.count(),
    createGrouping(context, grouping, feed, history),
  );
  const place = createArrivals(context, grouping, feed);

  return {
    history,
    handlers: {
      ...createPeoplePages(queries).handlers,
      ...createPersonCorrections(queries, history).handlers,
      ...createBirths(context, queries, history).handlers,
      ...createFaceCorrections(queries, history).handlers,
      ...createSplitting(context, queries, feed, history).handlers,
      ...createSuggestions(context, queries, feed, history).handlers,
      ...createReview(context, queries, feed, history).handlers,
      ...createFaceDrawing(context, history, place).handlers,
      'history.state': () => history.state(),
      'history.undo': () => history.undo(),
      'history.redo': () => history.redo(),
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
      context.db.write(() => grouping.show(ids, null));
      await feed.remove(ids);
      context.changed('people');
    },
    importIdle: () => schedule.finish(),
    close: () => schedule.close(),
  };
}

/** Drawing a face, marking one as not a face, or taking that back, changes which faces the index should hold. */
function touchesIndex(change: Change): boolean {
  return change.table === 'not_face' || change.table === 'drawn';
}
