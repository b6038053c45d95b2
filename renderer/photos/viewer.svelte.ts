import type { FaceId, PhotoId } from '../../app/contract/ids.ts';
import type { FaceInPhoto, PhotoDetails } from '../../app/contract/model.ts';
import type { Backend } from '../../app/contract/api.ts';
import { Resource } from '../state/resource.svelte.ts';

export interface ViewerInputs {
  readonly photo: () => PhotoId;
  /** The photos to go through, in order. */
  readonly sequence: () => readonly PhotoId[];
}

/** Photos to either side in the filmstrip. */
const nearby = 12;

/** The photo that is looked at, its faces, and the way to its neighbours. */
export class Viewer {
  showFaces = $state(false);
  showDetails = $state(false);
  /** The user draws a box around a face that was missed. */
  drawing = $state(false);
  /** The face whose label is open. */
  chosen = $state<FaceId | null>(null);
  readonly details: Resource<PhotoDetails>;
  readonly index = $derived.by(() => this.#inputs.sequence().indexOf(this.#inputs.photo()));
  readonly previous: PhotoId | null = $derived.by(() => this.#inputs.sequence()[this.index - 1] ?? null);
  readonly next: PhotoId | null = $derived.by(() =>
    this.index < 0 ? null : (this.#inputs.sequence()[this.index + 1] ?? null),
  );
  readonly strip: readonly PhotoId[] = $derived.by(() => {
    const first = Math.max(0, this.index - nearby);
    return this.index < 0 ? [this.#inputs.photo()] : this.#inputs.sequence().slice(first, this.index + nearby + 1);
  });
  /** Null until they are those of the present photo. */
  readonly current = $derived.by(() => (this.details.value?.id === this.#inputs.photo() ? this.details.value : null));
  /** From left to right, as one reads a group photo. */
  readonly faces: readonly FaceInPhoto[] = $derived.by(() =>
    [...(this.current?.faces ?? [])].sort((a, b) => a.box[0] + a.box[2] / 2 - (b.box[0] + b.box[2] / 2)),
  );
  readonly #inputs: ViewerInputs;

  constructor(backend: Backend, inputs: ViewerInputs) {
    this.#inputs = inputs;
    this.details = new Resource({
      load: (signal) => backend.request('photos.get', { id: inputs.photo() }, signal),
      follow: { backend, subjects: ['people', 'photos'] },
    });
  }

  /** Loads what is to be shown now; the open label goes on to the new photo's first unnamed face. */
  async load(): Promise<void> {
    this.chosen = null;
    this.drawing = false;
    await this.details.refresh();
    if (this.showFaces) this.chooseUnnamed();
  }

  toggleFaces(): void {
    this.showFaces = !this.showFaces;
    this.chosen = null;
    if (this.showFaces) this.chooseUnnamed();
  }

  /** A face was drawn: asks who it is. */
  async drawn(face: FaceId): Promise<void> {
    this.drawing = false;
    await this.details.refresh();
    this.showFaces = true;
    this.chosen = face;
  }

  /** Opens the label of the first face without a name after the one given, if there is one. */
  chooseUnnamed(after: FaceId | null = null): void {
    const from = this.faces.findIndex(({ id }) => id === after) + 1;
    const rest = [...this.faces.slice(from), ...this.faces.slice(0, from)];
    this.chosen = rest.find(({ id, person, notPerson }) => id !== after && !notPerson && !person?.name)?.id ?? null;
  }

  /** Moves the open label to the next or previous face, without end. */
  step(by: 1 | -1): void {
    const { length } = this.faces;
    if (length === 0) return;
    const index = this.faces.findIndex(({ id }) => id === this.chosen);
    const next = index < 0 ? (by > 0 ? 0 : length - 1) : (index + by + length) % length;
    this.chosen = this.faces[next]?.id ?? null;
  }

  close(): void {
    this.details.close();
  }
}
