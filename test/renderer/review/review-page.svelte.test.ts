import { describe, expect, it } from 'vitest';

import type { Output } from '../../../app/contract/api.ts';
import { Failure } from '../../../app/contract/errors.ts';
import type { FaceId, PersonId, PhotoId } from '../../../app/contract/ids.ts';
import { ReviewPage } from '../../../renderer/review/review-page.svelte.ts';
import { Changes } from '../../../renderer/state/changes.svelte.ts';
import { Resource } from '../../../renderer/state/resource.svelte.ts';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { action, person } from '../../factories/people.ts';

const questionAbout = (face: number): NonNullable<Output<'review.next'>['question']> => ({
  face: face as FaceId,
  photo: 1 as PhotoId,
  group: 7 as PersonId,
  person: person(3, 'Anna'),
  nearest: 9 as FaceId,
  nearestPhoto: 2 as PhotoId,
  beside: [],
  distance: 0.7,
  alike: 1,
  average: 0.8,
  runnerUp: null,
  otherYear: null,
  likelihood: 0.9,
  settles: 4,
});

async function withPage(fails: boolean, check: (page: ReviewPage, answers: string[], toasts: Toasts) => Promise<void>) {
  const answers: string[] = [];
  let asked = 0;
  const backend = fakeBackend({
    'review.next': () => ({ question: questionAbout(++asked), left: 9, settles: 30, expected: 12.4 }),
    'review.answer': ({ answer, face }) => {
      if (fails) throw new Failure('not-found', 'gone');
      answers.push(`${face} ${answer}`);
      return answer === 'yes' || answer === 'no' ? action('Said so') : null;
    },
    'history.undo': () => action('Said so'),
  });
  const toasts = new Toasts();
  const queue = new Resource({ load: (signal) => backend.request('review.next', {}, signal) });
  let page: ReviewPage | undefined;
  const stop = $effect.root(() => {
    page = new ReviewPage(queue, backend, new Changes(backend, toasts), toasts);
  });
  await queue.refresh();
  await check(page!, answers, toasts);
  queue.close();
  stop();
}

describe('the review page', () => {
  it('goes on to the next question after each answer', () =>
    withPage(false, async (page, answers) => {
      for (const said of ['yes', 'unsure', 'no', 'skip'] as const) await page.answer(said);
      expect(answers).toEqual(['1 yes', '2 unsure', '3 no', '4 skip']);
      expect(page.question?.face).toBe(5);
    }));

  it('takes one answer a question, however often the key is pressed', () =>
    withPage(false, async (page, answers) => {
      await Promise.all([page.answer('yes'), page.answer('yes'), page.answer('no')]);
      expect(answers).toEqual(['1 yes']);
    }));

  it('offers undo for yes and no, and says nothing of what was put off', () =>
    withPage(false, async (page, _answers, toasts) => {
      await page.answer('skip');
      expect(toasts.shown).toEqual([]);
      await page.answer('no');
      expect(toasts.shown.map(({ text }) => text)).toEqual(['Said so']);
      await page.undo();
      expect(toasts.shown.map(({ text }) => text)).toEqual(['Undone: Said so']);
    }));

  it('goes on where the face has found its person meanwhile', () =>
    withPage(true, async (page, _answers, toasts) => {
      await page.answer('yes');
      await page.answer('skip');
      expect(toasts.shown.map(({ tone }) => tone)).toEqual(['failure', 'failure']);
      expect([page.busy, page.question?.face]).toEqual([false, 3]);
    }));
});
