import { linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Output } from '../../app/contract/api.ts';
import { createGroupingQueries } from '../../app/engine/db/grouping.ts';
import { createPeopleQueries } from '../../app/engine/db/people.ts';
import { createReviewQueries } from '../../app/engine/db/review.ts';
import { createHistory } from '../../app/engine/history/history.ts';
import { EmbedderManifest } from '../../app/engine/model/manifest.ts';
import { createIndexFeed } from '../../app/engine/people/index-feed.ts';
import { createQuestions } from '../../app/engine/people/questions.ts';
import { createReview } from '../../app/engine/people/review.ts';
import type { IndexService } from '../../app/engine/vector/index-service.ts';
import { connect } from '../../app/workers/channel.ts';
import { spawnThread } from '../../app/workers/spawn.ts';
import { createTestLibrary, type TestLibrary } from '../../test/factories/library.ts';
import { withoutUpkeep } from '../without-upkeep.ts';
import { createMadeUpRows } from './made-up-rows.ts';
import { head, measure, residentMegabytes, row, type Cost } from './measure.ts';
import { kept, readyIndex } from './ready-index.ts';
import { syntheticPeople } from './synthetic-faces.ts';

/** So many of the people with most faces have a name. */
const named = 300;
const answers = 20;
const manifest = resolve(import.meta.dirname, '../../resources/models/packs/fr-feature/manifest.json');

/** What a question of the review queue costs, and what it costs after every kind of answer. */
export async function benchReviewing(faces = 100_000): Promise<void> {
  await readyIndex(faces);
  const worker = spawnThread('index');
  const library = createTestLibrary();
  const embedder = EmbedderManifest.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const packs = { ...library.context.packs(), embedder, embeddingVersion: 'bench' };
  const index = connect<IndexService>(worker.port).remote;
  const recognition = () => ({ version: 'bench', head: null, thresholds: embedder.thresholds });
  const context = { ...library.context, index, packs: () => packs, recognition };
  fill(library, faces);
  const dir = join(library.dir, 'index');
  mkdirSync(dir);
  for (const file of readdirSync(join(kept, String(faces)))) linkSync(join(kept, String(faces), file), join(dir, file));

  const { sql } = library.db;
  const feed = createIndexFeed(context, createGroupingQueries(sql));
  await feed.ready();
  const queries = createPeopleQueries(sql);
  const history = createHistory(library.db, Date.now, () => undefined);
  const questions = createQuestions(context, createReviewQueries(sql), feed);
  const { handlers } = createReview(context, queries, questions, history);
  const never = new AbortController().signal;
  const ask = () => handlers['review.next']({}, never);

  // Whoever comes to the queue has seen the people before.
  queries.list(false);
  const first = await measure(ask);
  console.log(
    `\n${faces} faces, ${named} people with a name; ${first.value.left} questions about ${first.value.settles} faces`,
  );
  head('what', 'wall ms', 'CPU ms');
  row('the first question', first.wall, first.cpu);
  const report = (what: string, costs: readonly Cost[]): void => {
    for (const [which, share] of [
      ['median', 0.5],
      ['worst', 1],
    ] as const) {
      const at = Math.ceil(share * costs.length) - 1;
      const sorted = (of: 'wall' | 'cpu') => costs.map((cost) => cost[of]).toSorted((a, b) => a - b)[at] ?? 0;
      row(`${what}, ${which} of ${costs.length}`, sorted('wall'), sorted('cpu'));
    }
  };
  let { question } = first.value;
  for (const answer of ['no', 'skip', 'unsure', 'yes'] as const) {
    const [said, next]: [Cost[], Cost[]] = [[], []];
    for (let i = 0; i < answers && question; i++) {
      const { face, group, person } = question;
      said.push(await measure(() => handlers['review.answer']({ face, group, person: person.id, answer }, never)));
      const asked: Cost & { value: Output<'review.next'> } = await measure(ask);
      next.push(asked);
      ({ question } = asked.value);
    }
    report(answer, said);
    report(`the next question after "${answer}"`, next);
  }
  const undone: Cost[] = [];
  for (let i = 0; i < answers; i++) {
    history.undo();
    undone.push(await measure(ask));
  }
  report('the next question after an undo', undone);
  console.log(`\nresident ${residentMegabytes()}`);
  await worker.close();
  library.close();
}

/**
 * Of everybody who has a name one face in seven is left over, alone or in twos and threes; the others are groups without
 * a name or, one face in ten, alone. 1.5 faces a photo, taken within twenty years.
 */
function fill(library: TestLibrary, faces: number): void {
  const { photo, face, addPart } = createMadeUpRows(library);
  const { random } = library.context;
  const truth = syntheticPeople(faces, 1);
  const facesOf = [...Map.groupBy(truth.keys(), (at) => truth[at] ?? 0).values()].sort((a, b) => b.length - a.length);
  const parts = new Int32Array(faces);
  const addGroup = (name: string | null, some: readonly number[]): void => {
    const part = addPart(library.person(name));
    for (const at of some) parts[at] = part;
  };
  withoutUpkeep(library.db, () => {
    for (const [rank, own] of facesOf.entries()) {
      const left = own.filter((_, i) => (rank < named ? i % 7 === 6 : i % 10 === 9));
      const together = new Set(left);
      addGroup(
        rank < named ? `Person ${rank}` : null,
        own.filter((at) => !together.has(at)),
      );
      if (rank < named) for (let at = 0; at < left.length; at += 4) addGroup(null, left.slice(at, at + 3));
    }
    let photos = 0;
    for (let at = 0; at < faces; at++) {
      if (at % 3 !== 2) photo.run(++photos, `/photos/${photos}.jpg`, Math.floor(1e12 + random() * 6e11));
      face.run(photos, random(), parts[at] === 0 ? null : (parts[at] ?? null));
    }
  });
}
