import type { Backend, Output } from '../../app/contract/api.ts';
import type { FaceId, PersonId } from '../../app/contract/ids.ts';
import type { FaceCard, Person } from '../../app/contract/model.ts';
import { Selection } from '../shared/selection.svelte.ts';
import type { Changes } from '../state/changes.svelte.ts';
import { Resource } from '../state/resource.svelte.ts';

/** Faces that one request brings; the largest the contract allows. */
const pageSize = 2000;
/** Milliseconds at least between two estimates while an import runs: each compares the person with everybody. */
const estimateRestMs = 10_000;

/** One person: who it is, every face, and what can be done with those selected. */
export class PersonPage {
  readonly person: Resource<Output<'people.get'>>;
  readonly faces: Resource<FaceCard[]>;
  /** How well the person is known; nobody waits for it. */
  readonly estimate: Resource<Output<'people.estimate'>>;
  readonly selection: Selection<FaceId>;
  readonly #id: PersonId;
  readonly #backend: Backend;
  readonly #changes: Changes;

  constructor(id: PersonId, backend: Backend, changes: Changes) {
    this.#id = id;
    this.#backend = backend;
    this.#changes = changes;
    const follow = { backend, subjects: ['people'] } as const;
    this.person = new Resource({ load: (signal) => backend.request('people.get', { id }, signal), follow });
    this.faces = new Resource({ load: (signal) => allFaces(backend, id, signal), follow });
    this.estimate = new Resource({
      load: (signal) => backend.request('people.estimate', { id }, signal),
      follow,
      restMs: estimateRestMs,
    });
    this.selection = new Selection(() => this.faces.value?.map((face) => face.id) ?? []);
    void this.person.refresh();
    void this.faces.refresh();
    void this.estimate.refresh();
  }

  reject = (): Promise<boolean> => this.#withChosen((faces) => this.#backend.request('faces.reject', { faces }));

  notFace = (): Promise<boolean> => this.#withChosen((faces) => this.#backend.request('faces.notFace', { faces }));

  notPerson = (): Promise<boolean> => this.#withChosen((faces) => this.#backend.request('faces.notPerson', { faces }));

  samePerson = (): Promise<boolean> => this.#withChosen((faces) => this.#backend.request('faces.same', { faces }));

  differentPeople = (): Promise<boolean> =>
    this.#withChosen((faces) => this.#backend.request('faces.different', { faces }));

  move = (name: string, existing: Person | null): Promise<boolean> =>
    this.#withChosen((faces) =>
      this.#backend.request('faces.move', { faces, to: existing ? { person: existing.id } : { name } }),
    );

  setCover = (): Promise<boolean> =>
    this.#withChosen((faces) => this.#backend.request('people.cover', { person: this.#id, face: firstOf(faces) }));

  hide = (hidden: boolean): Promise<boolean> =>
    this.#changes.make(() => this.#backend.request('people.hide', { person: this.#id, hidden }));

  close(): void {
    this.person.close();
    this.faces.close();
    this.estimate.close();
  }

  async #withChosen(change: (faces: FaceId[]) => ReturnType<Parameters<Changes['make']>[0]>): Promise<boolean> {
    const chosen = this.selection.inOrder;
    if (chosen.length === 0) return false;
    const made = await this.#changes.make(() => change(chosen));
    if (made) this.selection.clear();
    return made;
  }
}

function firstOf(faces: readonly FaceId[]): FaceId {
  const [first] = faces;
  if (first === undefined) throw new Error('nothing is selected');
  return first;
}

async function allFaces(backend: Backend, id: PersonId, signal: AbortSignal): Promise<FaceCard[]> {
  const all: FaceCard[] = [];
  while (true) {
    const { total, faces } = await backend.request('people.faces', { id, offset: all.length, limit: pageSize }, signal);
    all.push(...faces);
    if (all.length >= total || faces.length === 0) return all;
  }
}
