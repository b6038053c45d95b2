import type { Output } from '../../app/contract/api.ts';
import { Failure } from '../../app/contract/errors.ts';
import type { FaceId } from '../../app/contract/ids.ts';
import type { Added, Host, LooseFile } from '../backend/host.ts';
import { failureOf } from '../shared/failure-words.ts';

export type Verdict = Output<'verify.pair'>;

/** What was chosen: a photo by its place, or by itself where the page may not know places; or a face of the library. */
export interface Chosen {
  readonly name: string;
  readonly from: { readonly path: string } | { readonly file: LooseFile } | { readonly face: FaceId };
}
type Sides = readonly [Chosen | null, Chosen | null];

/** Two photos and whether they show one person. They are compared as soon as both are there. */
export class Comparison {
  sides = $state.raw<Sides>([null, null]);
  verdict = $state.raw<Verdict | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The name of the photo that the failure is about, if it is about one. */
  culprit = $state<string | null>(null);
  busy = $state(false);
  readonly #host: Host;
  #work = new AbortController();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Takes what was dropped or picked: on one side, or else where there is room, or anew. */
  async take(added: Promise<Added>, side?: 0 | 1): Promise<void> {
    let chosen: readonly Chosen[];
    try {
      chosen = chosenFrom(await added);
    } catch (error) {
      this.failure = failureOf(error);
      return;
    }
    const [one, other] = chosen;
    if (!one) return;
    const [left, right] = this.sides;
    if (other) this.sides = [one, other];
    else if (side === 0 || (side === undefined && (!left || right))) this.sides = [one, side === 0 ? right : null];
    else this.sides = [left, one];
    await this.#compare();
  }

  /** Two faces of the library. */
  async takeFaces([one, other]: readonly [FaceId, FaceId]): Promise<void> {
    this.sides = [
      { name: '', from: { face: one } },
      { name: '', from: { face: other } },
    ];
    await this.#compare();
  }

  close(): void {
    this.#work.abort();
  }

  async #compare(): Promise<void> {
    this.#work.abort();
    const work = new AbortController();
    this.#work = work;
    this.verdict = this.failure = this.culprit = null;
    const [left, right] = this.sides;
    if (!left || !right) return;
    this.busy = true;
    const paths: (string | FaceId)[] = [];
    try {
      for (const { from } of [left, right]) paths.push(await this.#pathOf(from, work.signal));
      const [one = '', other = ''] = paths;
      const verdict = await this.#host.backend.request(
        'verify.pair',
        { paths: [one, other], pictures: true },
        work.signal,
      );
      if (!work.signal.aborted) this.verdict = verdict;
    } catch (error) {
      if (work.signal.aborted) return;
      this.failure = failureOf(error);
      const at = paths.findIndex((path) => typeof path === 'string' && this.failure?.message.includes(path));
      this.culprit = this.sides[at]?.name ?? null;
    } finally {
      if (this.#work === work) this.busy = false;
    }
  }

  async #pathOf(from: Chosen['from'], signal: AbortSignal): Promise<string | FaceId> {
    if ('face' in from) return from.face;
    if ('path' in from) return from.path;
    const { lend } = this.#host;
    if (!lend) throw new Failure('internal', 'this page gets paths and no files');
    return lend(from.file, signal);
  }
}

function chosenFrom(added: Added): Chosen[] {
  if (added.kind === 'files') return added.files.map((file) => ({ name: file.name, from: { file } }));
  return added.paths.map((path) => ({ name: path.split(/[\\/]/).at(-1) ?? path, from: { path } }));
}
