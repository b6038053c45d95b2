import type { Output, Parsed } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import type { FaceId, PersonId, PhotoId } from '../../contract/ids.ts';
import type { Action } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import { createReviewQueries } from '../db/review.ts';
import type { History } from '../history/history.ts';
import type { Recorder } from '../history/recorder.ts';
import { findQuestions, type Question } from './find-questions.ts';
import type { IndexFeed } from './index-feed.ts';
import { personMissing } from './people-pages.ts';
import { orderQuestions } from './review-order.ts';

type Answer = Parsed<'review.answer'>;
type Shown = NonNullable<Output<'review.next'>['question']>;

/** One question after the other about who is who, ordered by what the answer is worth. */
export function createReview(
  context: EngineContext,
  queries: PeopleQueries,
  feed: IndexFeed,
  history: History,
): Subject<'review.next' | 'review.answer'> {
  const review = createReviewQueries(context.db.sql);

  const ask = async (signal: AbortSignal): Promise<{ alike: number; questions: Question[] }> => {
    const { acceptance: alike } = context.packs().embedder.thresholds;
    await feed.ready();
    const near = await context.index.nearestPeople({ owners: review.namedFaces(), radius: alike }, signal);
    const open = review.openFaces();
    const found = findQuestions({
      near,
      open,
      besides: review.besides(),
      rejected: review.rejected(),
      putOff: review.putOff(),
    });
    return { alike, questions: orderQuestions(found, alike) };
  };

  const show = (
    { face, group, person, nearest, distance, second, runnerUp, settles }: Question,
    alike: number,
  ): Shown => {
    const who = queries.get(person);
    const [photo, nearestPhoto] = [review.photoOf(face), review.photoOf(nearest)];
    if (!who || photo === undefined || nearestPhoto === undefined) throw personMissing();
    return {
      face: face as FaceId,
      photo: photo as PhotoId,
      group: group === 0 ? null : (group as PersonId),
      person: who,
      nearest: nearest as FaceId,
      nearestPhoto: nearestPhoto as PhotoId,
      distance,
      alike,
      runnerUp: second === 0 ? null : { name: queries.name(second)?.name ?? null, distance: runnerUp },
      settles,
    };
  };

  /** The faces that an answer speaks of: the group as it is now, else the one face. */
  const facesOf = ({ face, group }: Answer): number[] => {
    const [present] = queries.present([face]);
    if (present?.person !== group) {
      throw new Failure('not-found', 'this face has found its person meanwhile; go on to the next question');
    }
    return group === null ? [face] : [...queries.unlabelledFaces(group), ...queries.labelledFaces(group)];
  };

  const settle = (answer: Answer, name: string): Action => {
    const { person } = answer;
    const faces = facesOf(answer);
    const what = faces.length === 1 ? 'a face' : `${faces.length} faces`;
    const work = {
      yes: (recorder: Recorder) => recorder.label(faces, { person, strength: 'accepted' }),
      no: (recorder: Recorder) => recorder.reject(faces, person),
    };
    return answer.answer === 'yes'
      ? history.record('move', `Said that ${what} ${faces.length === 1 ? 'is' : 'are'} ${name}`, (recorder) => {
          work.yes(recorder);
          // The one that the user looked at.
          recorder.label([answer.face], { person, strength: 'confirmed' });
        })
      : history.record('reject', `Said that ${what} ${faces.length === 1 ? 'is' : 'are'} not ${name}`, work.no);
  };

  return {
    handlers: {
      'review.next': async (_, signal) => {
        const { alike, questions } = await ask(signal);
        const [first] = questions;
        return {
          question: first ? show(first, alike) : null,
          left: questions.length,
          settles: questions.reduce((sum, { settles }) => sum + settles, 0),
        };
      },
      'review.answer': (answer) => {
        const { face, person } = answer;
        const name = queries.name(person)?.name;
        if (name === undefined || name === null) throw personMissing();
        if (answer.answer === 'yes' || answer.answer === 'no') return settle(answer, name);
        facesOf(answer);
        const later = { face, person, answer: answer.answer, at: context.clock() };
        context.db.writeDurably(() => review.putOffNow(later));
        return null;
      },
    },
  };
}
