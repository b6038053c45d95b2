import type { Output } from '../../app/contract/api.ts';
import type { ReviewQuestion } from '../../app/contract/model.ts';
import { count, counted, distance, percent } from '../shared/numbers.ts';

const faces = (n: number): string => counted(n, 'face', 'faces');
const lead = (margin: number): string =>
  margin < 0 ? `${distance(-margin)} nearer` : `${distance(margin)} further away`;
const about = (n: number): string => (n < 1 ? 'hardly any' : `about ${count(Math.round(n))}`);

export const messages = {
  title: 'Review',
  question: (name: string | null): string => `Is this ${name ?? 'the same person'}?`,
  asked: ({ settles }: ReviewQuestion): string =>
    settles === 1 ? 'A face without a name' : `One of ${faces(settles)}`,
  confirmed: (name: string | null): string => `${name ?? 'The person'}, the nearest face`,
  openPhoto: 'Open the photo',
  yes: 'Yes',
  no: 'No',
  unsure: 'Not sure',
  skip: 'Skip',
  undo: 'Undo',
  /** Why it is asked: distances, the nearest first, and by how much the next person is further away. */
  why: ({ distance: near, average, runnerUp, person, otherYear }: ReviewQuestion): string =>
    [
      ...(otherYear === null ? [] : [`${person.name ?? 'The person'} is known from other years, about ${otherYear}`]),
      `Closest face ${distance(near)}`,
      `all of them ${distance(average)} on average`,
      runnerUp === null
        ? 'nobody else is near'
        : `next is ${runnerUp.name ?? 'somebody else'} with ${distance(runnerUp.distance)}, ${lead(runnerUp.distance - average)}`,
    ].join(' · '),
  scale: (alike: number): string =>
    `The smaller, the more alike. One person’s faces are usually within ${distance(alike)}.`,
  likely: ({ likelihood }: ReviewQuestion): string => `A yes is ${percent(likelihood)} likely`,
  settles: ({ settles }: ReviewQuestion): string => `Your answer settles ${faces(settles)}`,
  left: ({ left, settles, expected }: Output<'review.next'>): string =>
    `${counted(left, 'question', 'questions')} left about ${faces(settles)}; ${about(expected)} of them will find their person`,
  more: (name: string | null): string => `More faces of ${name ?? 'this person'}`,
  beside: (name: string | null, confirmed: boolean, away: number): string =>
    `${name ?? 'The person'}${confirmed ? ', confirmed' : ''}, ${distance(away)} away`,
  done: 'Nothing to ask.',
  doneNext: 'Questions come up when faces look like somebody who has a name. Name people, or add photos.',
  loading: 'Looking for questions',
} as const;
