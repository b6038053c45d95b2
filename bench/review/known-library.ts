import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Input, Output } from '../../app/contract/api.ts';
import type { EngineContext } from '../../app/engine/context.ts';
import { createGroupingQueries } from '../../app/engine/db/grouping.ts';
import { createPeopleQueries } from '../../app/engine/db/people.ts';
import { createReviewQueries } from '../../app/engine/db/review.ts';
import { createHistory, type History } from '../../app/engine/history/history.ts';
import { EmbedderManifest } from '../../app/engine/model/manifest.ts';
import { createEstimates } from '../../app/engine/people/estimates.ts';
import type { Question } from '../../app/engine/people/unit-question.ts';
import { createIndexFeed } from '../../app/engine/people/index-feed.ts';
import { createPeople } from '../../app/engine/people/people.ts';
import { createQuestions } from '../../app/engine/people/questions.ts';
import { createReview } from '../../app/engine/people/review.ts';
import { createRecognition } from '../../app/engine/recognition.ts';
import type { IndexService } from '../../app/engine/vector/index-service.ts';
import { connect } from '../../app/workers/channel.ts';
import { spawnThread } from '../../app/workers/spawn.ts';
import type { KnownFaces } from '../../scripts/calibration/embed-folders.ts';
import { createTestLibrary, type TestLibrary } from '../../test/factories/library.ts';

type Order = (questions: readonly Question[]) => Question[];

export interface Review {
  ask(): Promise<Output<'review.next'>>;
  answer(input: Input<'review.answer'>): Promise<unknown>;
}

/** A library, grouped by the engine, of faces whose people are known, where a user has named the first groups. */
export interface KnownLibrary {
  readonly library: TestLibrary;
  readonly context: EngineContext;
  readonly history: History;
  /** Whose face it is: the faces' ids are the rows of `KnownFaces` + 1. */
  truthOf(face: number): number;
  /** Whose name a person has. */
  namedAs(person: number): number | undefined;
  /** The named people and their faces now. */
  shown(): { readonly person: number; readonly face: number }[];
  /** The review of this library with its questions in an order. */
  review(order: Order): Review;
  /** All questions that there are, also those that would not be asked. */
  questions(): Promise<Question[]>;
  estimate(person: number): Promise<Output<'people.estimate'>>;
  close(): Promise<void>;
}

const never = new AbortController().signal;

/** @param fewest photos of a person from which the user gives the person's largest group its name */
export async function openKnownLibrary(pack: string, faces: KnownFaces, fewest: number): Promise<KnownLibrary> {
  const file = resolve(import.meta.dirname, `../../resources/models/packs/${pack}/manifest.json`);
  const embedder = EmbedderManifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  const worker = spawnThread('index');
  const library = createTestLibrary();
  const packs = { ...library.context.packs(), embedder };
  const context = {
    ...library.context,
    index: connect<IndexService>(worker.port).remote,
    packs: () => packs,
    recognition: createRecognition(() => packs, library.db.sql),
  };
  const people = createPeople(context);
  const { dimensions } = faces;
  library.db.write(() => {
    for (const [row, quality] of faces.quality.entries()) {
      const vector = faces.vectors.subarray(row * dimensions, (row + 1) * dimensions);
      library.face({ photo: library.photo(), quality, vector });
    }
  });
  await people.handlers['cluster.run']({}, never);

  const { sql } = library.db;
  const namedAs = new Map<number, number>();
  const truthOf = (face: number): number => faces.people[face - 1] ?? -1;
  const groups = sql.prepare(
    'SELECT person_id AS person, json_group_array(id) AS faces FROM face WHERE person_id IS NOT NULL GROUP BY 1',
  );
  const largest = largestGroups(
    groups.all().map((row) => [Number(row['person']), (JSON.parse(String(row['faces'])) as number[]).map(truthOf)]),
    faces.people,
    fewest,
  );
  for (const [truth, person] of largest) {
    await people.handlers['people.name']({ person: person as never, name: `Person ${truth}` }, never);
    namedAs.set(person, truth);
  }

  // It saves the index, which the reviews of this benchmark open for themselves.
  await people.close?.();
  const queries = createPeopleQueries(sql);
  const feed = createIndexFeed(context, createGroupingQueries(sql));
  const questions = createQuestions(context, createReviewQueries(sql), feed);
  const all = createQuestions(context, createReviewQueries(sql), feed, 0);
  const history = createHistory(library.db, context.clock, () => undefined);
  const shown = sql.prepare(
    'SELECT face.id AS face, person.id AS person FROM face JOIN person ON person.id = person_id WHERE name IS NOT NULL',
  );
  const estimates = createEstimates(context, queries, feed, questions).handlers;
  return {
    library,
    context,
    history,
    truthOf,
    namedAs: (person) => namedAs.get(person),
    shown: () => shown.all() as unknown as { person: number; face: number }[],
    review: (order) => {
      const { handlers } = createReview(context, queries, questions, history, order);
      return {
        ask: async () => handlers['review.next']({}, never),
        answer: async (input) => handlers['review.answer'](input as never, never),
      };
    },
    questions: () => all(never),
    estimate: async (person) => estimates['people.estimate']({ id: person as never }, never),
    close: async () => {
      await worker.close();
      library.close();
    },
  };
}

/** For each person with photos enough the group that has most of their faces, if they are the most in it. */
function largestGroups(
  groups: readonly (readonly [person: number, truths: readonly number[]])[],
  people: readonly number[],
  fewest: number,
): Map<number, number> {
  const largest = new Map<number, { readonly person: number; readonly count: number }>();
  const photos = tally(people);
  for (const [person, truths] of groups) {
    const [[truth, count] = [-1, 0]] = [...tally(truths)].sort((a, b) => b[1] - a[1]);
    if ((photos.get(truth) ?? 0) >= fewest && count > (largest.get(truth)?.count ?? 0))
      largest.set(truth, { person, count });
  }
  return new Map(Array.from(largest, ([truth, { person }]) => [truth, person]));
}

function tally(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
