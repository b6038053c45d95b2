import type { EngineContext } from '../context.ts';
import type { FaceState, GroupingQueries } from '../db/grouping.ts';
import { settings } from '../settings.ts';
import type { FaceVectors, Neighbours } from '../vector/index-service.ts';
import type { IndexFeed } from './index-feed.ts';
import { placeArrival } from './place-arrival.ts';

/**
 * Takes new faces into the index and shows the clear ones as their people at once. `repair` shows faces as the facts
 * say: a face that is seen again may have been spoken of. `isOtherAge` (people/ages.ts) rules people out by the day.
 */
export function createArrivals(
  context: EngineContext,
  queries: GroupingQueries,
  feed: IndexFeed,
  repair: (faces: readonly number[]) => void,
  isOtherAge: (face: number, person: number) => boolean,
): (faces: FaceVectors) => Promise<void> {
  return async (faces) => {
    const ids = Array.from(faces.ids);
    const { neighbours } = await feed.add(faces);
    const { eps } = context.recognition().thresholds;
    context.db.write(() => {
      repair(ids);
      placeAll(queries, ids, neighbours, eps, isOtherAge);
      repair(ids);
    });
    context.changed('people');
  };
}

function placeAll(
  queries: GroupingQueries,
  ids: readonly number[],
  neighbours: readonly Neighbours[],
  eps: number,
  isOtherAge: (face: number, person: number) => boolean,
): void {
  const involved = new Set(ids);
  for (const { ids: near } of neighbours) for (const id of near) involved.add(id);
  const states = new Map<number, FaceState>();
  for (const face of queries.faces([...involved])) states.set(face.id, face);
  const peopleOfPhoto = gatherPeople(queries.facesBeside(ids));
  const rejected = queries.rejectedFor(ids);
  const personOf = (id: number): number => states.get(id)?.person ?? 0;
  const show = (id: number, person: number): void => {
    const face = states.get(id);
    if (!face) return;
    states.set(id, { ...face, person });
    peopleOfPhoto.set(face.photo, (peopleOfPhoto.get(face.photo) ?? new Set()).add(person));
    queries.show([id], person);
  };

  for (const [row, id] of ids.entries()) {
    const face = states.get(id);
    const found = neighbours[row];
    // Gone already, or a re-detected face that the user has spoken of.
    if (!face || !found || face.person !== 0) continue;
    const near = Array.from(found.ids, (other, at) => ({
      id: other,
      photo: states.get(other)?.photo ?? 0,
      person: personOf(other),
      core: isCore(states.get(other)),
      distance: found.distances[at] ?? Infinity,
    }));
    const excluded = new Set(peopleOfPhoto.get(face.photo));
    for (const { face: who, person } of rejected) if (who === id) excluded.add(person);
    const placement = placeArrival({ photo: face.photo, core: isCore(face), near, excluded }, eps);
    if (!placement) continue;
    if ('groupWith' in placement) {
      const group = queries.addPerson();
      show(placement.groupWith, group);
      show(id, group);
    } else if (!isOtherAge(id, placement.person)) {
      show(id, placement.person);
    }
  }
}

function isCore(face: FaceState | undefined): boolean {
  return face !== undefined && face.quality >= settings.cluster.coreQuality;
}

function gatherPeople(faces: readonly FaceState[]): Map<number, Set<number>> {
  const people = new Map<number, Set<number>>();
  for (const { photo, person } of faces) {
    if (person !== 0) people.set(photo, (people.get(photo) ?? new Set()).add(person));
  }
  return people;
}
