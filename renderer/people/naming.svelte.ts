import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import type { Backend } from '../../app/contract/api.ts';
import type { FaceId, PersonId } from '../../app/contract/ids.ts';
import type { Action, FaceInPhoto, Person } from '../../app/contract/model.ts';
import type { Changes } from '../state/changes.svelte.ts';
import { sameName } from './same-name.ts';

/** A name was given that somebody has already: are the two the same? */
export interface MergeOffer {
  readonly from: Person;
  readonly into: Person;
  readonly name: string;
  /** The one face that was named, where it was one. */
  readonly face: FaceId | null;
  readonly settled: Settled;
}

/** Asks again for what a page shows; the name given is shown in its place until then. */
export type Settled = () => Promise<unknown>;

export type NamingOutcome = 'named' | 'offered' | 'unchanged' | 'failed';

const nothing: Settled = () => Promise.resolve();

/** Gives names: they show at once, and go again if giving them fails. */
export class Naming {
  /** Put to the user before anything is changed. */
  offer = $state.raw<MergeOffer | null>(null);
  readonly #given = new SvelteMap<PersonId, string>();
  readonly #givenFaces = new SvelteMap<FaceId, string>();
  readonly #backend: Backend;
  readonly #changes: Changes;

  constructor(backend: Backend, changes: Changes) {
    this.#backend = backend;
    this.#changes = changes;
  }

  /** The name to show: one just given counts already. */
  nameOf(person: { readonly id: PersonId; readonly name: string | null }): string | null {
    const given = this.#given.get(person.id);
    return given === undefined ? person.name : given || null;
  }

  /** The name to show at one face. */
  nameOfFace(face: FaceInPhoto): string | null {
    return this.#givenFaces.get(face.id) ?? (face.person && this.nameOf(face.person));
  }

  async name(person: Person, text: string, settled = nothing, face: FaceId | null = null): Promise<NamingOutcome> {
    const name = text.trim();
    if (name === (person.name ?? '')) return 'unchanged';
    this.#given.set(person.id, name);
    const into = await this.#namesake(person.id, name);
    if (into) {
      this.#given.delete(person.id);
      this.offer = { from: person, into, name, face, settled };
      return 'offered';
    }
    return this.#give(person.id, name, settled);
  }

  /** Names one face: the whole group where it is in one without a name, else the face alone. */
  async nameFace(face: FaceInPhoto, name: string, existing: Person | null, settled = nothing): Promise<NamingOutcome> {
    if (face.person?.name !== null) {
      return this.#moveFace(face.id, name, existing, settled);
    }
    let group: Person;
    try {
      group = await this.#backend.request('people.get', { id: face.person.id });
    } catch {
      // The group was regrouped meanwhile: the face itself is still there to be named.
      return this.#moveFace(face.id, name, existing, settled);
    }
    return this.name(group, name, settled, face.id);
  }

  /** The offer's answers: one person, … */
  async same(): Promise<void> {
    const offer = this.#takeOffer();
    if (!offer) return;
    const { into, from, settled } = offer;
    await this.#outcome(() => this.#backend.request('people.merge', { into: into.id, from: [from.id] }), settled);
  }

  /** … two people of one name, … */
  async apart(): Promise<void> {
    const offer = this.#takeOffer();
    if (offer) await this.#give(offer.from.id, offer.name, offer.settled);
  }

  /** … only the face that was named belongs to the other, … */
  async onlyFace(): Promise<void> {
    const offer = this.#takeOffer();
    const face = offer?.face ?? null;
    if (offer && face !== null) await this.#moveFace(face, offer.name, offer.into, offer.settled);
  }

  /** … or nothing at all. */
  dismiss(): void {
    this.offer = null;
  }

  #takeOffer(): MergeOffer | null {
    const { offer } = this;
    this.offer = null;
    return offer;
  }

  async #namesake(person: PersonId, name: string): Promise<Person | undefined> {
    if (name === '') return undefined;
    try {
      const people = await this.#backend.request('people.complete', { prefix: name });
      return people.find((other) => other.id !== person && sameName(other.name, name));
    } catch {
      // Naming itself will fail in the same way, and say so.
      return undefined;
    }
  }

  async #give(person: PersonId, name: string, settled: Settled): Promise<NamingOutcome> {
    this.#given.set(person, name);
    const outcome = await this.#outcome(() => this.#backend.request('people.name', { person, name }), settled);
    this.#given.delete(person);
    return outcome;
  }

  async #outcome(change: () => Promise<Action>, settled: Settled): Promise<NamingOutcome> {
    if (!(await this.#changes.make(change))) return 'failed';
    await settled();
    return 'named';
  }

  async #moveFace(face: FaceId, name: string, existing: Person | null, settled: Settled): Promise<NamingOutcome> {
    this.#givenFaces.set(face, name);
    const to = existing ? { person: existing.id } : { name };
    const outcome = await this.#outcome(() => this.#backend.request('faces.move', { faces: [face], to }), settled);
    this.#givenFaces.delete(face);
    return outcome;
  }
}

export const [useNaming, provideNaming] = createContext<Naming>();
