import type { ReviewQuestion } from '../../app/contract/model.ts';
import { counted } from '../shared/numbers.ts';

const faces = (n: number): string => counted(n, 'face', 'faces');
const distance = (value: number): string =>
  value.toLocaleString(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

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
  /** Why it is asked. */
  why: ({ distance: near, alike, runnerUp }: ReviewQuestion): string =>
    [
      `Closest face of this person ${distance(near)}`,
      runnerUp === null
        ? 'nobody else is near'
        : `next person${runnerUp.name === null ? '' : `, ${runnerUp.name},`} ${distance(runnerUp.distance)}`,
      `one person’s faces are usually within ${distance(alike)}`,
    ].join(' · '),
  settles: (settles: number, left: number): string =>
    `Settles ${faces(settles)} · ${counted(left, 'question', 'questions')} left`,
  done: 'Nothing to ask.',
  doneNext: 'Questions come up when faces look like somebody who has a name. Name people, or add photos.',
  loading: 'Looking for questions',
} as const;
