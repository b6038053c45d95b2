import type { Backend } from '../../app/contract/api.ts';
import type { Failure } from '../../app/contract/errors.ts';
import type { Calibration, GroupingDistances, ThresholdPreview } from '../../app/contract/measures.ts';
import { failureOf } from '../shared/failure-words.ts';
import type { Changes } from '../state/changes.svelte.ts';
import { Resource } from '../state/resource.svelte.ts';

export type Line = keyof GroupingDistances;

/** Milliseconds that the lines have to rest before it is tried what they give. */
const restMs = 250;
/** Distances are told apart to this: more is neither seen nor felt. */
const grain = 0.005;
const least = grain;
const most = 2;

const rounded = (value: number): number =>
  Number(Math.max(least, Math.min(most, Math.round(value / grain) * grain)).toFixed(3));
const alike = (one: GroupingDistances | null, other: GroupingDistances | null): boolean =>
  one?.eps === other?.eps && one?.acceptance === other?.acceptance;

/** The distances that groups are made by: what others would give, and changing to them. */
export class Threshold {
  readonly calibration: Resource<Calibration>;
  /** Whether a line takes the other along, in proportion. */
  together = $state(true);
  /** What the lines say; null: what is in force. */
  #moved = $state.raw<GroupingDistances | null>(null);
  /** What the lines give, and what is in force gives. */
  preview = $state.raw<ThresholdPreview | null>(null);
  inForce = $state.raw<ThresholdPreview | null>(null);
  failure = $state.raw<Failure | null>(null);
  trying = $state(false);
  applying = $state(false);
  readonly #backend: Backend;
  readonly #changes: Changes;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  constructor(backend: Backend, changes: Changes) {
    this.#backend = backend;
    this.#changes = changes;
    this.calibration = new Resource({
      load: async (signal) => {
        const calibration = await backend.request('insights.calibration', {}, signal);
        void this.#follow(calibration.current);
        return calibration;
      },
      follow: { backend, subjects: ['tuning'] },
    });
  }

  load = (): Promise<void> => this.calibration.refresh();

  /** What the lines say. */
  get distances(): GroupingDistances | null {
    return this.#moved ?? this.calibration.value?.current ?? null;
  }

  /** Whether what the lines say is in force already. */
  get unchanged(): boolean {
    return alike(this.distances, this.calibration.value?.current ?? null);
  }

  /** Whether it has been shown what the lines give: only then they may be used. */
  get previewed(): boolean {
    return this.preview !== null && alike(this.preview.distances, this.distances) && !this.trying;
  }

  /** Moves a line, and the other with it. */
  move(line: Line, value: number): void {
    const { distances } = this;
    if (!distances) return;
    const to = rounded(value);
    const other: Line = line === 'eps' ? 'acceptance' : 'eps';
    const beside = this.together ? rounded((distances[other] * to) / distances[line]) : distances[other];
    const moved = { eps: 0, acceptance: 0, [line]: to, [other]: beside };
    this.show(moved);
  }

  /** Moves the lines to these distances. */
  show(distances: GroupingDistances): void {
    if (alike(distances, this.distances)) return;
    this.#moved = alike(distances, this.calibration.value?.current ?? null) ? null : distances;
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.trying = true;
    this.#timer = setTimeout(() => void this.#try(distances), restMs);
  }

  /** Groups by what the lines say, which was previewed. */
  async apply(): Promise<void> {
    if (this.previewed && !this.unchanged && this.distances) await this.#calibrate(this.distances);
  }

  /** Groups by the model's own distances. */
  restore = (): Promise<void> => this.#calibrate(null);

  close(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.calibration.close();
  }

  /** What is in force is tried once, to compare with. */
  async #follow(current: GroupingDistances): Promise<void> {
    if (alike(this.inForce?.distances ?? null, current)) return;
    this.inForce = null;
    if (alike(this.#moved, current)) this.#moved = null;
    await this.#try(this.#moved ?? current);
    if (alike(this.preview?.distances ?? null, current)) this.inForce = this.preview;
  }

  /** The newest question wins; the one before it is taken back. */
  async #try(distances: GroupingDistances): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.trying = true;
    try {
      const preview = await this.#backend.request('insights.preview', distances, asked.signal);
      if (asked.signal.aborted) return;
      this.preview = preview;
      this.failure = null;
    } catch (error) {
      if (!asked.signal.aborted) this.failure = failureOf(error);
    } finally {
      if (this.#asked === asked) this.trying = false;
    }
  }

  async #calibrate(distances: GroupingDistances | null): Promise<void> {
    if (this.applying) return;
    this.applying = true;
    const made = await this.#changes.make(() => this.#backend.request('insights.calibrate', { distances }));
    if (made) {
      this.#moved = null;
      await this.load();
    }
    this.applying = false;
  }
}
