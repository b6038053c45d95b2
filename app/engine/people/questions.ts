import { Failure } from '../../contract/errors.ts';
import type { EngineContext } from '../context.ts';
import { createQueueReads, type Written } from '../db/queue-reads.ts';
import type { ReviewQueries } from '../db/review.ts';
import { createTimeQueries } from '../db/times.ts';
import { settings } from '../settings.ts';
import type { IndexFeed } from './index-feed.ts';
import { createKeptQuestions, type KeptQuestions } from './kept-questions.ts';
import { adjustLikelihoods } from './likelihood.ts';
import { asMap } from './pairs.ts';
import { unitOf, type Question, type Supposing, type UnitQuestion } from './unit-question.ts';

const { leastAsked } = settings.people;

/** What may be asked about who is who, in no order that means anything, but always the same. */
export type FindQuestions = (signal: AbortSignal, supposing?: Supposing) => Promise<Question[]>;

/**
 * Finds the questions of a library. What they follow from is kept in memory, here and in the index, so that an answer costs
 * what it touches. Whatever is written through this connection is heard and read again; all is read anew where faces went
 * for good, where they are compared otherwise, and where the index has changed.
 * @param least likelihood from which a question is asked, 0 to 1
 */
export function createQuestions(
  context: EngineContext,
  review: ReviewQueries,
  feed: IndexFeed,
  least: number = leastAsked,
): FindQuestions {
  const reads = createQueueReads(context.db.sql);
  const times = createTimeQueries(context.db.sql);
  let kept: { readonly questions: KeptQuestions; readonly by: string } | undefined;
  let written: Written | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const begin = async (by: string, signal: AbortSignal): Promise<KeptQuestions> => {
    kept = undefined;
    if (!written) {
      written = nothingWritten();
      reads.hear(written);
    }
    forget(written);
    const { thresholds } = context.recognition();
    const births = () => asMap(times.births());
    const questions = await createKeptQuestions({ reads, review, births, index: context.index, thresholds }, signal);
    kept = { questions, by };
    return questions;
  };

  /** Everything as it is now. */
  const current = async (signal: AbortSignal): Promise<KeptQuestions> => {
    const { version, thresholds } = context.recognition();
    const by = `${version} ${JSON.stringify(thresholds)}`;
    if (!kept || !written || kept.by !== by || written.gone.size > 0) return begin(by, signal);
    const faces = reads.facesWritten(written);
    forget(written);
    const { questions } = kept;
    return (await questions.reread(faces, signal)) ? questions : begin(by, signal);
  };

  const find = async (signal: AbortSignal, supposing?: Supposing): Promise<Question[]> => {
    await feed.ready();
    const questions = await current(signal);
    const supposed = supposing && (await questions.suppose(supposing, signal));
    const found = supposed ?? questions.found();
    const likelihoods = adjustLikelihoods(
      found.map(({ likelihood }) => likelihood),
      supposed ? 0 : questions.hopeless(),
    );
    return complete(questions, found, likelihoods);
  };

  const complete = (
    kept: KeptQuestions,
    found: readonly UnitQuestion[],
    likelihoods: readonly number[],
  ): Question[] => {
    const put = new Map(review.putOff().map((one) => [`${kept.unitOf(one.face)} ${one.person}`, one]));
    return found.flatMap((question, at) => {
      const likelihood = likelihoods[at] ?? 0;
      if (likelihood < least) return [];
      const unit = unitOf(question);
      const settles = kept.size(unit);
      return { ...question, likelihood, settles, put: put.get(`${unit} ${question.person}`) ?? null };
    });
  };

  return (signal, supposing) => {
    const turn = last.then(async () => {
      if (signal.aborted) throw new Failure('cancelled', 'cancelled');
      try {
        return await find(signal, supposing);
      } catch (error) {
        // Half of a change may have been taken in.
        kept = undefined;
        throw error;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}

function nothingWritten(): Written {
  return { faces: new Set(), parts: new Set(), people: new Set(), photos: new Set(), gone: new Set() };
}

function forget(written: Written): void {
  for (const ids of Object.values(written) as Set<number>[]) ids.clear();
}
