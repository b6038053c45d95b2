/** A question "is this that person?" as far as its worth goes. */
export interface Askable {
  /** Faces that a yes settles. */
  readonly settles: number;
  /** L2 to the nearest face of the person, and to that of the runner-up; Infinity where there is none. */
  readonly distance: number;
  readonly runnerUp: number;
  /** How the user put it off, and when (ms since 1970); null: not asked yet. */
  readonly put: { readonly answer: 'skip' | 'unsure'; readonly at: number } | null;
}

/** Over how much of `alike` a distance turns from surely the same to surely not: the slope of the logistic. */
const slope = 0.1;

/**
 * What an answer is worth: faces settled × uncertainty.
 *
 * p = σ((alike − distance) / s) · σ((runnerUp − distance) / s), with s = 0.1 · alike and σ(x) = 1 / (1 + e⁻ˣ):
 * how likely a yes is, from how near the person is and by how much it is the nearest. Uncertainty is 4·p·(1 − p):
 * 1 where yes and no are as likely, near 0 where the answer is plain.
 * @param alike L2 up to which two faces count as one person's
 */
export function worthOf({ settles, distance, runnerUp }: Askable, alike: number): number {
  const scale = slope * alike;
  const p = logistic((alike - distance) / scale) * logistic((runnerUp - distance) / scale);
  return settles * 4 * p * (1 - p);
}

/** Fresh questions by worth, then those skipped, then those that the user was not sure of; each the longest ago first. */
export function orderQuestions<Q extends Askable>(questions: readonly Q[], alike: number): Q[] {
  const worth = new Map(questions.map((question) => [question, worthOf(question, alike)]));
  return questions.toSorted(
    (a, b) => turnOf(a) - turnOf(b) || (a.put?.at ?? 0) - (b.put?.at ?? 0) || (worth.get(b) ?? 0) - (worth.get(a) ?? 0),
  );
}

function turnOf({ put }: Askable): number {
  if (!put) return 0;
  return put.answer === 'skip' ? 1 : 2;
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
