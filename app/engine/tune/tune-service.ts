import type { TrainingPoint, TrainingSettings } from '../../contract/tuning.ts';
import type { HeadRecord } from '../db/heads.ts';
import type { TfjsBackend } from '../model/engines/tfjs/backend.ts';
import type { Material } from './assemble-faces.ts';
import type { Candidates } from './candidates.ts';
import type { DistanceMove } from './distance-move.ts';
import type { GroupingDistances } from './group-alone.ts';

export interface LearnInput {
  readonly material: Material;
  readonly backend: TfjsBackend;
  /** Of the head that is in use; null: none is. */
  readonly from: Float32Array<ArrayBuffer> | null;
  /** By which the library groups now. */
  readonly distances: GroupingDistances;
  readonly settings: TrainingSettings;
  readonly seed: number;
}

export interface Learned {
  /** Null where nothing is to be adopted. */
  readonly weights: Float32Array<ArrayBuffer> | null;
  /** With the head; what it does to all distances from `LearnInput.from` on. */
  readonly distances: GroupingDistances;
  readonly move: DistanceMove;
  readonly record: HeadRecord;
  /** What it learnt from and was judged by. Along with each other; person 0: guessed, or nobody known. */
  readonly faces: Int32Array<ArrayBuffer>;
  readonly people: Int32Array<ArrayBuffer>;
}

/** The event `progress`, a few times a second. */
export interface TuneProgress {
  readonly state: 'training' | 'judging';
  /** Of `steps`. */
  readonly step: number;
  readonly steps: number;
  /** Those since the last event. A step that was there already is begun again: what came after it is void. */
  readonly points: readonly TrainingPoint[];
  /** What went wrong since the last event and was remedied, in words. */
  readonly remedies: readonly string[];
}

/** What the tune thread does: it learns a head and judges it. It knows nothing of files and SQL. */
export interface TuneService {
  /** Rows of the candidates to learn from, as many as are good for one training. */
  choose(
    input: { readonly candidates: Candidates; readonly seed: number },
    signal: AbortSignal,
  ): Promise<{ readonly rows: Int32Array<ArrayBuffer> }>;
  /** @throws {Failure} `cancelled`; `bad-request` where there is too little to learn from; `model-failed` */
  learn(input: LearnInput, signal: AbortSignal): Promise<Learned>;
  /** Waits before the next step, until `resume`. */
  pause(input: null, signal: AbortSignal): Promise<void>;
  resume(input: null, signal: AbortSignal): Promise<void>;
}
