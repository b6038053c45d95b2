/** A question "is this that person?" as far as its worth goes. */
export interface Askable {
  /** Faces that a yes settles. */
  readonly settles: number;
  /** How likely a yes is, 0 to 1. */
  readonly likelihood: number;
  /** How the user put it off, and when (ms since 1970); null: not asked yet. */
  readonly put: { readonly answer: 'skip' | 'unsure'; readonly at: number } | null;
}

/**
 * Fresh questions by what the answer is worth, then those skipped, then those that the user was not sure of; each the
 * longest ago first. An answer is worth the faces that it is expected to bring to their person: faces × likelihood of
 * a yes. What is as good as certain is never asked, so that it is the uncertain faces that are left
 * (`npm run bench:review` compares it with other orders).
 */
export function orderQuestions<Q extends Askable>(questions: readonly Q[]): Q[] {
  return questions.toSorted(
    (a, b) => turnOf(a) - turnOf(b) || (a.put?.at ?? 0) - (b.put?.at ?? 0) || worthOf(b) - worthOf(a),
  );
}

export function worthOf({ settles, likelihood }: Askable): number {
  return settles * likelihood;
}

function turnOf({ put }: Askable): number {
  if (!put) return 0;
  return put.answer === 'skip' ? 1 : 2;
}
