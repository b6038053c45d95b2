import type { Input, Output } from '../../app/contract/api.ts';
import type { FaceId } from '../../app/contract/ids.ts';
import { createTuning, type Tuning, type TuningOptions } from '../../app/engine/tune/tuning.ts';
import { spawnThread } from '../../app/workers/spawn.ts';
import { normal, randomUnit, unit } from './identities.ts';
import { createRandom } from './library.ts';
import { createPeopleLibrary, testDimensions, type PeopleLibrary } from './people-library.ts';

type TuneRequest = keyof Tuning['handlers'];

export interface TuningLibrary {
  readonly home: PeopleLibrary;
  readonly tuning: Tuning;
  readonly tune: <N extends TuneRequest>(name: N, input: Input<N>) => Promise<Output<N>>;
  /** A face of each of these made-up people, each in a photo of its own, on a day of its own. */
  readonly add: (people: readonly number[]) => Promise<FaceId[]>;
  /** So many people with so many faces each, which the user says are theirs. `mix` hands the faces round before. */
  name(people: number, faces: number, mix?: (faces: FaceId[]) => FaceId[]): Promise<FaceId[][]>;
  /** Resolves when no run is on. */
  over(): Promise<Output<'tune.state'>>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Share of the directions in which the faces of everybody scatter: what a head has to learn to look past. */
const scattered = 1 / 8;

/**
 * A library, its index and tune threads, and people whose faces the embedder tells apart badly: they scatter widely, but
 * all in the same few directions.
 */
export function createTuningLibrary(options: Partial<TuningOptions> & { dimensions?: number } = {}): TuningLibrary {
  const { dimensions = testDimensions, ...given } = options;
  const random = createRandom(7);
  const identities: Float32Array[] = [];
  const home = createPeopleLibrary({
    dimensions,
    listeners: { onWord: () => tuning.onWord(), onErased: (forgotten) => tuning.onErased(forgotten) },
  });
  const start = (): Tuning => {
    const { people, context } = home;
    return createTuning(context, { people, spawn: spawnThread, native: () => null, isBusy: () => false, ...given });
  };
  let tuning = start();
  let day = 0;

  const vectorOf = (person: number): Float32Array => {
    while (identities.length <= person) identities.push(randomUnit(random, dimensions));
    return unit(
      Array.from(identities[person]!, (value, at) => {
        const many = scattered * dimensions;
        const width = at < many ? 1 / Math.sqrt(many) : 0.3 / Math.sqrt(dimensions);
        return value + width * normal(random);
      }),
    );
  };
  const add: TuningLibrary['add'] = async (people) => {
    const vectors = people.map(vectorOf);
    const ids = vectors.map((vector) => {
      const taken = new Date(Date.UTC(2000, 0, 1 + 3 * day++)).toISOString().slice(0, 10);
      return home.library.face({ photo: home.library.photo({ taken }), vector });
    });
    const joined = Float32Array.from(vectors.flatMap((vector) => [...vector]));
    await home.people.facesAdded({ ids: Int32Array.from(ids), vectors: joined });
    return ids;
  };
  const tune: TuningLibrary['tune'] = async (name, input) =>
    tuning.handlers[name](input as never, new AbortController().signal);

  return {
    home,
    get tuning() {
      return tuning;
    },
    tune,
    add,
    name: async (people, faces, mix = (all) => all) => {
      const who = Array.from({ length: people * faces }, (_, at) => at % people);
      const all = mix(await add(who));
      const own = Array.from({ length: people }, (_, person) => all.filter((_, at) => who[at] === person));
      for (const [person, some] of own.entries())
        await home.ask('faces.move', { faces: some, to: { name: `Person ${person}` } });
      return own;
    },
    over: async () => {
      for (;;) {
        const state = await tune('tune.state', {});
        if (state.run === null) return state;
        await new Promise((wake) => setTimeout(wake, 10));
      }
    },
    restart: async () => {
      home.leave();
      await tuning.close?.();
      await home.restart();
      tuning = start();
    },
    close: async () => {
      home.leave();
      await tuning.close?.();
      await home.close();
    },
  };
}
