/**
 * What the answers of the review queue are worth: `node bench/review.ts LFW_DIR [answers] [PACK…]`, LFW_DIR with a
 * folder per person. A library is made of the photos by the engine and grouped; a simulated user names the largest
 * group of everybody with four photos or more, and then answers by the truth what the queue asks.
 *
 * - What every answer settles: faces that are shown as their person and were not before, in our order, by the size of
 *   the group, and at random. The engine asks and takes the answers; only the order is another.
 * - How well the likelihood of a yes is calibrated, fitted on four fifths of the people and judged on the fifth.
 */
import { createEvidence } from '../app/engine/people/likelihood.ts';
import { orderQuestions } from '../app/engine/people/review-order.ts';
import type { Question } from '../app/engine/people/unit-question.ts';
import { settings } from '../app/engine/settings.ts';
import { knownFaces } from '../scripts/calibration/known-faces.ts';
import { createRandom } from '../test/factories/library.ts';
import { fitLogistic, probability } from './review/fit-logistic.ts';
import { openKnownLibrary, type KnownLibrary } from './review/known-library.ts';

const fewestPhotos = 4;
const folds = 5;
const seeds = [1, 2, 3];
const marks = [10, 25, 50, 100, 200];
const { least } = settings.people.evidence;

const [root, answersGiven = '200', ...packs] = process.argv.slice(2);
if (root === undefined) throw new Error('which photos? node bench/review.ts LFW_DIR [answers] [PACK…]');
const answers = Number(answersGiven);

const bySize = (questions: readonly Question[]): Question[] =>
  questions.toSorted((a, b) => b.settles - a.settles || a.face - b.face);
const byChance = (seed: number) => {
  const random = createRandom(seed);
  return (questions: readonly Question[]): Question[] => {
    const [question] = questions.slice(Math.floor(random() * questions.length));
    return question ? [question] : [];
  };
};

for (const pack of packs.length > 0 ? packs : ['fr-feature', 'facenet', 'dlib-resnet']) {
  const home = await openKnownLibrary(pack, await knownFaces(pack, root), fewestPhotos);
  const { left, settles, expected } = await home.review(orderQuestions).ask();
  const start = score(home);
  console.log(`\n${pack}: ${start.right} faces are shown as the right person, ${start.wrong} as a wrong one.`);
  console.log(
    `The queue has ${left} questions about ${settles} faces, of which it expects ${expected.toFixed(0)} to be the person.`,
  );
  const columns = marks.filter((mark) => mark <= answers);
  console.log(`\n| faces rightly settled after | ${columns.join(' | ')} answers | wrongly | answers given |`);
  console.log(`| --- | ${columns.map(() => '---:').join(' | ')} | ---: | ---: |`);
  tell('by what they are worth', [await run(home, orderQuestions)], columns);
  tell('by size of the group', [await run(home, bySize)], columns);
  const chances: Run[] = [];
  for (const seed of seeds) chances.push(await run(home, byChance(seed)));
  tell(`at random, mean of ${seeds.length}`, chances, columns);
  await judge(home);
  await home.close();
}

interface Run {
  /** Faces rightly settled after so many answers. */
  readonly gained: readonly number[];
  readonly wrong: number;
}

function score(home: KnownLibrary): { readonly right: number; readonly wrong: number } {
  const shown = home.shown();
  const right = shown.filter(({ person, face }) => home.namedAs(person) === home.truthOf(face)).length;
  return { right, wrong: shown.length - right };
}

/** Asks and answers, and takes everything back. */
async function run(home: KnownLibrary, order: (questions: readonly Question[]) => Question[]): Promise<Run> {
  const start = score(home);
  const review = home.review(order);
  const gained = [0];
  let now = start;
  while (gained.length <= answers) {
    const { question } = await review.ask();
    if (!question) break;
    const { face, group, person } = question;
    const answer = home.namedAs(person.id) === home.truthOf(face) ? 'yes' : 'no';
    await review.answer({ face, group, person: person.id, answer });
    now = score(home);
    gained.push(now.right - start.right);
  }
  for (let i = 1; i < gained.length; i++) home.history.undo();
  return { gained, wrong: now.wrong - start.wrong };
}

function tell(what: string, runs: readonly Run[], columns: readonly number[]): void {
  const mean = (values: readonly number[]): string =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(0);
  const after = columns.map((mark) => mean(runs.map(({ gained }) => gained[mark] ?? gained.at(-1) ?? 0)));
  console.log(
    `| ${what} | ${after.join(' | ')} | ${mean(runs.map(({ wrong }) => wrong))} | ${mean(runs.map(({ gained }) => gained.length - 1))} |`,
  );
}

async function judge(home: KnownLibrary): Promise<void> {
  const { thresholds } = home.context.packs().embedder;
  const evidence = createEvidence(thresholds);
  const questions = await home.questions();
  const examples = questions.map(({ face, person, average, runnerUp, likelihood }) => {
    const own = Math.max(least, evidence(average));
    const features = [own, own - Math.max(least, evidence(runnerUp))];
    return { features, yes: home.namedAs(person) === home.truthOf(face), fold: home.truthOf(face) % folds, likelihood };
  });
  const fits = Array.from({ length: folds }, (_, k) => fitLogistic(examples.filter(({ fold }) => fold !== k)));
  const heldOut = examples.map((example) => ({
    ...example,
    p: probability(fits[example.fold] ?? [], example.features),
  }));
  const fitted = fitLogistic(examples).map((weight) => weight.toFixed(2));
  console.log(
    `\nFitted on all: offset, own, lead = ${fitted.join(', ')}. Log loss on people held out ${logLoss(heldOut.map(({ p, yes }) => [p, yes]))}, of the weights in use ${logLoss(examples.map(({ likelihood, yes }) => [likelihood, yes]))}, of their share alone ${logLoss(examples.map(({ yes }) => [examples.filter((each) => each.yes).length / examples.length, yes]))}.`,
  );
  console.log(
    '\n| likelihood (weights in use) | questions | mean likelihood | yes in truth |\n| --- | ---: | ---: | ---: |',
  );
  const bounds = [0, 0.02, 0.1, 0.3, 0.7, 0.9, 0.98, 1.0001];
  for (const [i, low] of bounds.slice(0, -1).entries()) {
    const some = examples.filter(({ likelihood }) => likelihood >= low && likelihood < (bounds[i + 1] ?? 2));
    if (some.length === 0) continue;
    const mean = some.reduce((sum, { likelihood }) => sum + likelihood, 0) / some.length;
    const yes = some.filter((each) => each.yes).length / some.length;
    console.log(
      `| ${low} to ${Math.min(1, bounds[i + 1] ?? 1)} | ${some.length} | ${mean.toFixed(3)} | ${yes.toFixed(3)} |`,
    );
  }
}

function logLoss(pairs: readonly (readonly [p: number, yes: boolean])[]): string {
  const clip = (p: number): number => Math.min(1 - 1e-9, Math.max(1e-9, p));
  return (pairs.reduce((sum, [p, yes]) => sum - Math.log(clip(yes ? p : 1 - p)), 0) / pairs.length).toFixed(4);
}
