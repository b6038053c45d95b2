import type { Input, Output, RequestName } from '../../app/contract/api.ts';
import { Failure } from '../../app/contract/errors.ts';
import type { FaceId, PersonId } from '../../app/contract/ids.ts';
import type { EngineContext, Packs } from '../../app/engine/context.ts';
import { createPeople, type People, type PeopleListeners } from '../../app/engine/people/people.ts';
import { createRecognition, type Recognition } from '../../app/engine/recognition.ts';
import type { IndexService } from '../../app/engine/vector/index-service.ts';
import { connect } from '../../app/workers/channel.ts';
import { spawnThread } from '../../app/workers/spawn.ts';
import { createIdentities } from './identities.ts';
import { createTestLibrary, testVersion, type TestLibrary } from './library.ts';

export const testDimensions = 32;

type PeopleRequest = keyof People['handlers'];

export interface PeopleLibrary {
  readonly library: TestLibrary;
  /** What `people` works with, with a real index thread. */
  readonly context: EngineContext;
  /** By the test thresholds alone. */
  readonly recognition: () => Recognition;
  readonly people: People;
  ask<N extends PeopleRequest & RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Adds a photo with a face of each of these made-up people, or with these vectors, and tells the sink. */
  take(who: readonly (number | Float32Array)[], options?: TakeOptions): Promise<FaceId[]>;
  personOf(face: FaceId): PersonId | null;
  /** Tells everybody that the library is about to be closed. */
  leave(): void;
  /** Opens the same library in new threads, as after a restart. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface TakeOptions {
  readonly quality?: number;
  /** `2019-08-12`, by the camera. */
  readonly taken?: string;
  /** Whether the day is that of the file only. */
  readonly byFile?: boolean;
}

/** People over a real database and a real index thread; faces are vectors around made-up identities. */
export function createPeopleLibrary(
  options: {
    seed?: number;
    spread?: number;
    dimensions?: number;
    packsMissing?: boolean;
    listeners?: PeopleListeners;
    /** What the library makes of the plain recognition. */
    recognition?: (library: TestLibrary, plain: () => Recognition) => () => Recognition;
  } = {},
): PeopleLibrary {
  const { dimensions = testDimensions } = options;
  const identities = createIdentities(options.seed ?? 1, dimensions, options.spread ?? 0.4);
  let worker = spawnThread('index');
  const library = createTestLibrary();
  const packs = library.context.packs();
  const testPacks = (): Packs => {
    if (options.packsMissing) throw new Failure('model-missing', 'the packs are not there');
    return { ...packs, embedder: { ...packs.embedder, dimensions, thresholds: testThresholds } };
  };
  const recognition = createRecognition(testPacks, library.db.sql);
  let closing = new AbortController();
  let context = library.context;
  const start = (): People => {
    closing = new AbortController();
    context = {
      ...library.context,
      index: connect<IndexService>(worker.port).remote,
      packs: testPacks,
      recognition: options.recognition?.(library, recognition) ?? recognition,
      closing: closing.signal,
    };
    return createPeople(context, options.listeners);
  };
  let people = start();
  const personOf = library.db.sql.prepare('SELECT person_id AS person FROM face WHERE id = ?');
  const datedByFile = library.db.sql.prepare("UPDATE photo SET date_source = 'file' WHERE id = ?");
  return {
    library,
    recognition,
    get context() {
      return context;
    },
    get people() {
      return people;
    },
    ask: async (name, input) => people.handlers[name](input as never, new AbortController().signal),
    take: async (who, { quality = 0.8, taken, byFile = false } = {}) => {
      const photo = library.photo(taken === undefined ? {} : { taken });
      if (byFile) datedByFile.run(photo);
      const vectors = who.map((person) => (typeof person === 'number' ? identities.face(person) : person));
      const ids = vectors.map((vector) => library.face({ photo, quality, vector }));
      await people.facesAdded({
        ids: Int32Array.from(ids),
        vectors: Float32Array.from(vectors.flatMap((v) => [...v])),
      });
      return ids;
    },
    personOf: (face) => personOf.get(face)!['person'] as PersonId | null,
    leave: () => closing.abort(),
    restart: async () => {
      closing.abort();
      await people.close?.();
      await worker.close();
      worker = spawnThread('index');
      people = start();
    },
    close: async () => {
      closing.abort();
      await people.close?.();
      await worker.close();
      library.close();
    },
  };
}

/** For `createIdentities` with spread 0.4: one person about 0.5 apart, others about 1.4. */
const testThresholds = { pair: 1, eps: 0.8, acceptance: 0.9 };

export { testVersion };
