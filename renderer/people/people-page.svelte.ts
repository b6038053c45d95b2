import type { Backend } from '../../app/contract/api.ts';
import type { PersonId } from '../../app/contract/ids.ts';
import type { Person } from '../../app/contract/model.ts';
import { Resource } from '../state/resource.svelte.ts';
import { keepPlaces } from './keep-places.ts';

/** The grid need not be newer than this while an import finds people. */
const restMs = 1500;

/** Groups that are shown whatever they are: so few that there is nothing to tidy. */
const fewGroups = 24;

interface Sections {
  readonly named: readonly Person[];
  readonly groups: readonly Person[];
}

const nobody: Sections = { named: [], groups: [] };

/**
 * The people of the People page. From the moment the user touches the page every tile keeps its place and its
 * section until the page is left: a group that was just named stays where it was, with its name.
 */
export class PeoplePage {
  readonly list: Resource<Person[]>;
  readonly sections: Sections = $derived.by(() => this.#arrange(this.list.value));
  #held = $state.raw<Sections | null>(null);

  constructor(backend: Backend, hidden: boolean) {
    this.list = new Resource({
      load: async (signal) => {
        const people = await backend.request('people.list', { hidden }, signal);
        return people.filter((person) => person.hidden === hidden);
      },
      follow: { backend, subjects: ['people'] },
      restMs,
    });
    void this.list.refresh();
  }

  /** The groups to be shown at first: without those that few would miss, where there are many. */
  get worthwhile(): readonly Person[] {
    const { groups } = this.sections;
    return groups.length <= fewGroups ? groups : groups.filter(({ minor, name }) => !minor || name !== null);
  }

  /** The user is at work here: nothing moves any more. */
  hold(): void {
    if (this.list.value) this.#held ??= this.sections;
  }

  /** The group after one in the order shown, to go on with. */
  groupAfter(person: PersonId): Person | undefined {
    const { groups } = this.sections;
    const index = groups.findIndex(({ id }) => id === person);
    return groups.slice(index + 1).find(({ name }) => name === null);
  }

  close(): void {
    this.list.close();
  }

  #arrange(people: readonly Person[] | null): Sections {
    if (!people) return nobody;
    const wasGroup = new Set(this.#held?.groups.map(({ id }) => id));
    const wasNamed = new Set(this.#held?.named.map(({ id }) => id));
    const isNamed = ({ id, name }: Person): boolean => !wasGroup.has(id) && (wasNamed.has(id) || name !== null);
    const named = people.filter(isNamed);
    const groups = people.filter((person) => !isNamed(person)).sort((a, b) => b.relevance - a.relevance);
    return {
      named: keepPlaces([...wasNamed], named),
      groups: keepPlaces([...wasGroup], groups),
    };
  }
}
