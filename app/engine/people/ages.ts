import type { EngineContext } from '../context.ts';
import { createDatedFaceQueries } from '../db/dated-faces.ts';
import type { History } from '../history/history.ts';
import { settings } from '../settings.ts';
import { distanceThen, prototypesOf, type Prototype } from './prototypes.ts';

const { leastSpans, facesPerPerson } = settings.people.ages;

interface Life {
  readonly birth: number | null;
  readonly prototypes: readonly Prototype[];
}

/**
 * Tells whether a face that resembles a person cannot be that person because of its day: it was taken before the birth,
 * or the person looked otherwise then (a child of today beside the childhood of its mother). Says no more than that of
 * people whose faces spread over several spans; what a person looked like is kept until the user says something. By the
 * embedder alone, vectors and threshold: they are read from the library, which keeps them without a head.
 */
export function createAges(context: EngineContext, history: History): (face: number, person: number) => boolean {
  const queries = createDatedFaceQueries(context.db.sql);
  let lives = new Map<number, Life>();
  let known = '';

  const lifeOf = (person: number, version: string): Life => {
    const now = `${version} ${history.epoch()}`;
    if (now !== known) lives = new Map();
    known = now;
    const kept = lives.get(person);
    if (kept) return kept;
    const birth = queries.birth(person);
    const life = { birth, prototypes: prototypesOf(queries.ofPerson(person, version, facesPerPerson), birth) };
    lives.set(person, life);
    return life;
  };

  return (face, person) => {
    const { embeddingVersion, embedder } = context.packs();
    const { birth, prototypes } = lifeOf(person, embeddingVersion);
    if (birth === null && prototypes.length < leastSpans) return false;
    const dated = queries.open(face, embeddingVersion);
    const distance = dated && distanceThen(prototypes, dated, birth);
    return distance !== undefined && distance > embedder.thresholds.acceptance;
  };
}
