/**
 * Whether the estimates per person hold: `node bench/estimates.ts LFW_DIR [PACK…]`, LFW_DIR with a folder per person.
 * A library is made of the photos by the engine and grouped, the largest group of everybody with four photos or more is
 * named, and what `people.estimate` says of the named people is compared with the truth. The weights for faces that
 * are shown are fitted on four fifths of the people and judged on the fifth, all packs together: few faces are wrong.
 */
import { createEstimateQueries } from '../app/engine/db/estimates.ts';
import { withoutItself } from '../app/engine/people/estimate.ts';
import { readInSlices } from '../app/engine/people/read-in-slices.ts';
import { createEvidence } from '../app/engine/people/likelihood.ts';
import { settings } from '../app/engine/settings.ts';
import { knownFaces } from '../scripts/calibration/known-faces.ts';
import { fitLogistic, probability } from './review/fit-logistic.ts';
import { openKnownLibrary, type KnownLibrary } from './review/known-library.ts';

const fewestPhotos = 4;
const folds = 5;
const never = new AbortController().signal;

interface Shown {
  readonly features: readonly number[];
  readonly yes: boolean;
  readonly fold: number;
}

const [root, ...packs] = process.argv.slice(2);
if (root === undefined) throw new Error('which photos? node bench/estimates.ts LFW_DIR [PACK…]');

console.log(
  '| pack | people | faces shown | wrong | estimated | people within | missing | estimated | people within |',
);
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const all: Shown[] = [];
for (const pack of packs.length > 0 ? packs : ['fr-feature', 'facenet', 'dlib-resnet']) {
  const faces = await knownFaces(pack, root);
  const home = await openKnownLibrary(pack, faces, fewestPhotos);
  all.push(...(await shownFaces(home)));
  await compare(pack, home, faces.people);
  await home.close();
}
const fits = Array.from({ length: folds }, (_, k) => fitLogistic(all.filter(({ fold }) => fold !== k)));
const heldOut = all.map(({ features, fold, yes }) => ({ p: probability(fits[fold] ?? [], features), yes }));
const wrong = heldOut.filter(({ yes }) => !yes).length;
const expected = heldOut.reduce((sum, { p }) => sum + 1 - p, 0);
console.log(
  `\nFitted on all: offset, own, lead = ${fitLogistic(all)
    .map((weight) => weight.toFixed(2))
    .join(', ')}.`,
);
console.log(
  `On people held out ${expected.toFixed(1)} of ${heldOut.length} faces are expected to be wrong; ${wrong} are.`,
);
console.log(
  '\n| likelihood of being right, people held out | faces | expected wrong | wrong |\n| --- | ---: | ---: | ---: |',
);
const bounds = [0, 0.9, 0.97, 0.99, 0.997, 1.0001];
for (const [i, low] of bounds.slice(0, -1).entries()) {
  const some = heldOut.filter(({ p }) => p >= low && p < (bounds[i + 1] ?? 2));
  const doubt = some.reduce((sum, { p }) => sum + 1 - p, 0);
  console.log(
    `| ${low} to ${Math.min(1, bounds[i + 1] ?? 1)} | ${some.length} | ${doubt.toFixed(1)} | ${some.filter(({ yes }) => !yes).length} |`,
  );
}

/** The faces of named people, with what the engine looks at. */
async function shownFaces(home: KnownLibrary): Promise<Shown[]> {
  const { thresholds } = home.context.packs().embedder;
  const evidence = createEvidence(thresholds);
  const everybody = await readInSlices((after, count) =>
    createEstimateQueries(home.library.db.sql).shown(after, count),
  );
  const named = home.shown();
  const units = Int32Array.from(named.flatMap(({ face }) => [face, face]));
  const radius = settings.people.widestAsked * thresholds.pair;
  const near = await home.context.index.nearestPeople({ units, people: everybody, radius }, never);
  const personOf = new Map(named.map(({ face, person }) => [face, person]));
  const sizes = new Map<number, number>();
  for (const { person } of named) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  const own = new Map<number, number>();
  const other = new Map<number, number>();
  for (const [row, face] of near.units.entries()) {
    const person = near.people[row] ?? 0;
    const average = near.averages[row] ?? Infinity;
    if (person === personOf.get(face)) own.set(face, withoutItself(average, sizes.get(person) ?? 1));
    else other.set(face, Math.min(average, other.get(face) ?? Infinity));
  }
  return named.map(({ face, person }) => {
    const mine = evidence(own.get(face) ?? Infinity);
    const features = [mine, mine - evidence(other.get(face) ?? Infinity)];
    return { features, yes: home.namedAs(person) === home.truthOf(face), fold: home.truthOf(face) % folds };
  });
}

async function compare(pack: string, home: KnownLibrary, truths: readonly number[]): Promise<void> {
  const shown = home.shown();
  const people = [...new Set(shown.map(({ person }) => person))];
  const sums = { wrong: 0, expectedWrong: 0, rightWithin: 0, missing: 0, expectedMissing: 0, missingWithin: 0 };
  for (const person of people) {
    const estimate = await home.estimate(person);
    if (!estimate) continue;
    const truth = home.namedAs(person);
    const own = shown.filter((each) => each.person === person);
    const right = own.filter(({ face }) => home.truthOf(face) === truth).length;
    const missing = truths.filter((each) => each === truth).length - right;
    const within = ({ low, high }: { low: number; high: number }, value: number, step: number): number =>
      Number(value > low - step && value < high + step);
    sums.wrong += own.length - right;
    sums.expectedWrong += (1 - estimate.precision.value) * own.length;
    // A count is within if the interval holds it when rounded to whole faces.
    sums.rightWithin += within(estimate.precision, right / own.length, 0.5 / own.length);
    sums.missing += missing;
    sums.expectedMissing += estimate.missing.value;
    sums.missingWithin += within(estimate.missing, missing, 0.5);
  }
  const share = (count: number): string => `${((100 * count) / people.length).toFixed(1)} %`;
  console.log(
    `| ${pack} | ${people.length} | ${shown.length} | ${sums.wrong} | ${sums.expectedWrong.toFixed(1)} | ${share(sums.rightWithin)} | ${sums.missing} | ${sums.expectedMissing.toFixed(0)} | ${share(sums.missingWithin)} |`,
  );
}
