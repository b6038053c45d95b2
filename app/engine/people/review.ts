import type { Output, Parsed } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import type { FaceId, PersonId, PhotoId } from '../../contract/ids.ts';
import type { Action } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';
import { createReviewQueries } from '../db/review.ts';
import type { History } from '../history/history.ts';
import { settings } from '../settings.ts';
import { unitOf, type Question } from './unit-question.ts';
import { personMissing } from './people-pages.ts';
import { yearOf } from './looks.ts';
import type { FindQuestions } from './questions.ts';
import { orderQuestions } from './review-order.ts';

type Answer = Parsed<'review.answer'>;
type Shown = NonNullable<Output<'review.next'>['question']>;

const { takenAlong, shownBeside } = settings.people;
/** Neighbours of a face among which further faces of a person are looked for. */
const lookedAt = 128;

/**
 * One question after the other about who is who, ordered by what the answer is worth.
 * @param order puts the questions that may be asked into the order in which they are
 */
export function createReview(
  context: EngineContext,
  queries: PeopleQueries,
  questions: FindQuestions,
  history: History,
  order: (questions: readonly Question[]) => Question[] = orderQuestions,
): Subject<'review.next' | 'review.answer'> {
  const review = createReviewQueries(context.db.sql);

  /** More faces of the person asked about, those that the user confirmed first. */
  const besideOf = async ({ face, person, nearest }: Question, signal: AbortSignal): Promise<Shown['beside']> => {
    const { ids, distances } = await context.index.nearest({ id: face, count: lookedAt }, signal);
    const distanceOf = new Map(Array.from(ids, (id, at) => [id, distances[at] ?? Infinity]));
    return review
      .facesOf(person, [...ids])
      .filter((other) => other.face !== nearest)
      .map((other) => ({
        face: other.face as FaceId,
        photo: other.photo as PhotoId,
        confirmed: other.confirmed,
        distance: distanceOf.get(other.face) ?? Infinity,
      }))
      .sort((a, b) => Number(b.confirmed) - Number(a.confirmed) || a.distance - b.distance)
      .slice(0, shownBeside);
  };

  const show = async (question: Question, signal: AbortSignal): Promise<Shown> => {
    const { face, group, person, nearest, second, runnerUp, distance, average, settles, likelihood, otherDay } =
      question;
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
      beside: await besideOf(question, signal),
      alike: context.recognition().thresholds.acceptance,
      runnerUp: second === 0 ? null : { name: queries.name(second)?.name ?? null, distance: runnerUp },
      otherYear: otherDay === null ? null : yearOf(otherDay),
      distance,
      average,
      settles,
      likelihood,
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

  const nameOf = (person: number): string => {
    const name = queries.name(person)?.name;
    if (name === undefined || name === null) throw personMissing();
    return name;
  };

  /** What was found when a question was last asked. */
  let open: readonly Question[] = [];

  /** Faces that are as good as certainly the person as well, if these are: of those that would have been asked about. */
  const alongWith = async (faces: readonly number[], { person, face, group }: Answer, signal: AbortSignal) => {
    const others = open.filter((each) => each.person === person && each.put === null && !isAbout(each, face, group));
    if (others.length === 0) return [];
    const found = await questions(signal, { faces, person, units: new Set(others.map(unitOf)) });
    const certain = found.filter((each) => each.person === person && !each.put && each.likelihood >= takenAlong);
    // Nobody is twice in a photo, neither with these faces nor among those taken along.
    const photos = new Set(faces.map((each) => review.photoOf(each)));
    const along: number[] = [];
    for (const each of certain.toSorted((a, b) => b.likelihood - a.likelihood)) {
      const more = each.group === 0 ? [each.face] : queries.unlabelledFaces(each.group);
      const inPhotos = more.map((one) => review.photoOf(one));
      if (inPhotos.some((photo) => photos.has(photo))) continue;
      for (const photo of inPhotos) photos.add(photo);
      along.push(...more);
    }
    return along;
  };

  const accept = async (answer: Answer, signal: AbortSignal): Promise<Action> => {
    const { person } = answer;
    const along = await alongWith(facesOf(answer), answer, signal);
    // Asked again: an answer may have come in between.
    const faces = facesOf(answer);
    const said = `Said that ${faces.length === 1 ? 'a face is' : `${faces.length} faces are`} ${nameOf(person)}`;
    const more = along.length === 0 ? '' : `, and took ${along.length === 1 ? 'one' : along.length} more along`;
    return history.record('move', `${said}${more}`, (recorder) => {
      recorder.label(faces, { person, strength: 'accepted' });
      // The one that the user looked at.
      recorder.label([answer.face], { person, strength: 'confirmed' });
      // Not said by anybody, so not a fact: a grouping may decide otherwise.
      recorder.show(along, person);
    });
  };

  const refuse = (answer: Answer): Action => {
    const faces = facesOf(answer);
    const said = `Said that ${faces.length === 1 ? 'a face is' : `${faces.length} faces are`} not`;
    return history.record('reject', `${said} ${nameOf(answer.person)}`, (recorder) =>
      recorder.reject(faces, answer.person),
    );
  };

  return {
    handlers: {
      'review.next': async (_, signal) => {
        open = await questions(signal);
        const found = order(open);
        const [first] = found;
        return {
          question: first ? await show(first, signal) : null,
          left: found.length,
          settles: found.reduce((sum, { settles }) => sum + settles, 0),
          expected: found.reduce((sum, { settles, likelihood }) => sum + settles * likelihood, 0),
        };
      },
      'review.answer': async (given, signal) => {
        const { face, person, answer } = given;
        nameOf(person);
        if (answer === 'yes') return accept(given, signal);
        if (answer === 'no') return refuse(given);
        facesOf(given);
        context.db.writeDurably(() => review.putOffNow({ face, person, answer, at: context.clock() }));
        return null;
      },
    },
  };
}

function isAbout(question: Question, face: number, group: number | null): boolean {
  return group === null ? question.group === 0 && question.face === face : question.group === group;
}
