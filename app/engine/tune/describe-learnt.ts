import type { FaceId } from '../../contract/ids.ts';
import { TrainingSettings, type TrainingPoint } from '../../contract/tuning.ts';
import type { HeadRecord } from '../db/heads.ts';
import type { AcceptanceRates } from './acceptance-rates.ts';
import type { AssembledFaces } from './assemble-faces.ts';
import type { Learnt } from './learn-head.ts';
import { judgedPeople } from './split.ts';
import { lone } from './training-faces.ts';

/** What is kept and shown of a training. */
export function describeLearnt(
  { result, strength, training, changed, misnamed }: Learnt,
  { training: faces, ids, people, unusable }: AssembledFaces,
  points: readonly TrainingPoint[],
  seed: number,
): HeadRecord {
  const named = people.filter((person) => person !== 0);
  const faceAt = (row: number): FaceId => (ids[row] ?? 0) as FaceId;
  const leftOut = [
    ...(unusable > 0 ? [`${unusable} ${unusable === 1 ? 'face has' : 'faces have'} no usable vector: left out.`] : []),
    ...(misnamed > 0 ? [misnamedWords(misnamed)] : []),
  ];
  return {
    verdict: result.verdict,
    reason: result.reason,
    seed,
    settings: TrainingSettings.parse(training.settings),
    strength,
    data: {
      people: new Set(named).size,
      faces: named.length,
      guessed: faces.people.filter((person, row) => person !== lone && people[row] === 0).length,
      strangers: faces.people.filter((person) => person === lone).length,
      heldOut: judgedPeople(faces).flat(2).length,
    },
    far: result.far,
    before: ratesOf(result.before, result.f1.before),
    after: ratesOf(result.after, result.f1.after),
    leastGain: result.verdict === 'too-little-data' ? null : finite(result.leastGain),
    remedies: [...training.remedied.map(({ words }) => words), ...leftOut],
    steps: [...points],
    examples: changed.map(({ row, other, ...judged }) => ({ face: faceAt(row), other: faceAt(other), ...judged })),
  };
}

function misnamedWords(count: number): string {
  const look = count === 1 ? '1 face looks' : `${count} faces look`;
  return `${look} more like somebody else whom you named: left out. Should a name be wrong, correct it and learn again.`;
}

function ratesOf({ known, unseen, everybody }: AcceptanceRates, f1: number): HeadRecord['before'] {
  return { known: finite(known), unseen: finite(unseen), everybody: finite(everybody), f1: finite(f1) };
}

/** Null where nothing was measured. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
