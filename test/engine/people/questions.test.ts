import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import type { EngineContext } from '../../../app/engine/context.ts';
import { createGroupingQueries } from '../../../app/engine/db/grouping.ts';
import { createReviewQueries } from '../../../app/engine/db/review.ts';
import { createIndexFeed, type IndexFeed } from '../../../app/engine/people/index-feed.ts';
import { createQuestions, type FindQuestions } from '../../../app/engine/people/questions.ts';
import type { Question } from '../../../app/engine/people/unit-question.ts';
import { createIndexService } from '../../../app/engine/vector/create-index-service.ts';
import type { IndexService } from '../../../app/engine/vector/index-service.ts';
import { connect } from '../../../app/workers/channel.ts';
import { createRandom } from '../../factories/library.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';
import { threadInPlace } from '../../factories/thread-in-place.ts';

const never = new AbortController().signal;
const people = 5;

describe('the questions kept in memory', () => {
  let home: PeopleLibrary;
  let dir: string;
  let other: ReturnType<ReturnType<typeof threadInPlace>>;
  /** An index of its own, filled from the library: nothing that is kept comes into it. */
  let otherContext: EngineContext;
  let otherFeed: IndexFeed;
  /** Which of the questions to the index were about everybody. */
  let anew: boolean[];
  let kept: FindQuestions;
  let faces: FaceId[];

  beforeEach(async () => {
    home = createPeopleLibrary({ spread: 0.75 });
    dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
    other = threadInPlace<IndexService>(createIndexService)('index');
    faces = [];
    for (let i = 0; i < 40; i++) {
      const who = i % 9 === 8 ? [i % people, (i + 1) % people] : [i % people];
      faces.push(...(await home.take(who, { taken: `${2000 + ((i * 7) % 20)}-06-01` })));
    }
    const { sql } = home.library.db;
    otherContext = { ...home.context, dir, index: connect<IndexService>(other.port).remote };
    otherFeed = createIndexFeed(otherContext, createGroupingQueries(sql));
    anew = [];
    const { index } = home.context;
    const counted: EngineContext['index'] = Object.create(index, {
      nearChanged: {
        value: (input: Parameters<typeof index.nearChanged>[0], signal?: AbortSignal) => {
          anew.push(input.since === null);
          return index.nearChanged(input, signal);
        },
      },
    }) as never;
    const ready = { ready: async () => undefined } as unknown as IndexFeed;
    kept = createQuestions({ ...home.context, index: counted }, createReviewQueries(sql), ready, 0);
    // Groups of three to five, of which a few get names.
    for (let person = 0; person < people; person++) {
      const own = faces.filter((_, i) => i % people === person);
      for (const some of [own.slice(0, 4), own.slice(4, 6)]) {
        const group = Number(sql.prepare('INSERT INTO person (name) VALUES (NULL)').run().lastInsertRowid);
        home.library.show(some, group);
      }
      home.library.show(own.slice(6), null);
    }
    for (const at of [0, 1, 2]) await home.ask('people.name', { person: home.personOf(faces[at]!)!, name: `P ${at}` });
  }, 30_000);
  afterEach(async () => {
    await home.close();
    await other.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const fresh = async (): Promise<Question[]> => {
    await otherFeed.inStep();
    return createQuestions(otherContext, createReviewQueries(home.library.db.sql), otherFeed, 0)(never);
  };
  /** Of one moment: what is said is followed by a grouping in the background, which may come in between. */
  const both = async (): Promise<[Question[], Question[]]> => {
    const written = home.library.db.sql.prepare('SELECT total_changes() AS rows');
    for (;;) {
      const before = written.get()!['rows'];
      const found: [Question[], Question[]] = [await kept(never), await fresh()];
      if (written.get()!['rows'] === before) return found;
    }
  };
  /** Numbers to what float32 can tell: sums of another order differ beyond. */
  const rounded = (questions: readonly Question[]): unknown[] =>
    questions.map((question) =>
      Object.fromEntries(
        Object.entries(question).map(([key, value]) => [
          key,
          typeof value === 'number' && !Number.isInteger(value) && Number.isFinite(value) ? value.toFixed(4) : value,
        ]),
      ),
    );

  const steps: Readonly<Record<string, (random: () => number) => Promise<unknown>>> = {
    answer: async (random) => {
      const [question] = (await kept(never)).toSorted((a, b) => b.likelihood - a.likelihood).slice(random() * 3);
      if (!question) return;
      const { face, group, person } = question;
      const answer = (['yes', 'no', 'unsure', 'skip'] as const)[Math.floor(random() * 4)]!;
      await home.ask('review.answer', {
        face: face,
        group: group === 0 ? null : (group as PersonId),
        person: person,
        answer,
      });
    },
    undo: async () => home.ask('history.undo', {}),
    redo: async () => home.ask('history.redo', {}),
    move: async (random) => {
      const some = faces.filter(() => random() < 0.1);
      await home.ask('faces.move', { faces: some, to: { name: `P ${Math.floor(random() * 5)}` } });
    },
    reject: async (random) => {
      await home.ask('faces.reject', { faces: [pick(faces, random)] });
    },
    name: async (random) => {
      const person = home.personOf(pick(faces, random));
      const name = random() < 0.3 ? '' : `N ${Math.floor(random() * 1000)}`;
      if (person !== null) await home.ask('people.name', { person, name });
    },
    hide: async (random) => {
      const person = home.personOf(pick(faces, random));
      if (person !== null) await home.ask('people.hide', { person, hidden: random() < 0.5 });
    },
    birth: async (random) => {
      const person = home.personOf(pick(faces, random));
      const birth = random() < 0.3 ? null : Date.UTC(1990 + Math.floor(random() * 15));
      if (person !== null) await home.ask('people.birth', { person, birth });
    },
    notPerson: async (random) => home.ask('faces.notPerson', { faces: [pick(faces, random)], person: random() < 0.4 }),
    mirror: async (random) => {
      const photo = home.library.db.sql
        .prepare('SELECT photo_id AS id FROM face WHERE id = ?')
        .get(pick(faces, random));
      await home.ask('photos.mirror', { id: Number(photo!['id']), allowed: random() < 0.6 });
    },
    date: async (random) => {
      const at = Date.UTC(1995 + Math.floor(random() * 30));
      home.library.db.sql.prepare('UPDATE photo SET taken_at = ? WHERE id = ?').run(at, 1 + Math.floor(random() * 30));
    },
    photo: async (random) => {
      const [face, beside] = [pick(faces, random), pick(faces, random)];
      home.library.db.sql
        .prepare('UPDATE face_row SET photo_id = (SELECT photo_id FROM face_row WHERE id = ?) WHERE id = ?')
        .run(beside, face);
    },
    take: async (random) => faces.push(...(await home.take([Math.floor(random() * people)], { taken: '2012-03-03' }))),
    group: async () => home.ask('cluster.run', {}),
  };

  it.each([1, 2, 3])(
    'are those of a fresh look at the library, whatever happens to it (seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      let asked = 0;
      for (let i = 0; i < 40; i++) {
        const step = i % 3 === 0 ? 'answer' : pick(Object.keys(steps), random);
        try {
          await steps[step]!(random);
        } catch (error) {
          // A step that makes no sense now, such as undoing nothing, changes nothing.
          expect(error).toHaveProperty('code');
        }
        const [now, anewNow] = await both();
        asked += now.length;
        expect(rounded(now), `after ${step}, step ${i}`).toEqual(rounded(anewNow));
      }
      expect(asked).toBeGreaterThan(100);
    },
    120_000,
  );

  it('ask the index about those whom an answer touches, and about nobody after a no or a skip', async () => {
    // No grouping in the background from here on.
    home.leave();
    await kept(never);
    expect(anew).toEqual([true]);
    for (const answer of ['skip', 'no', 'yes'] as const) {
      const [question] = (await kept(never)).toSorted((a, b) => b.likelihood - a.likelihood);
      const { face, group, person } = question!;
      await home.ask('review.answer', {
        face: face,
        group: group === 0 ? null : (group as PersonId),
        person: person,
        answer,
      });
      await kept(never);
      expect(anew).toEqual(answer === 'yes' ? [true, false] : [true]);
    }
    await home.ask('history.undo', {});
    await kept(never);
    expect(anew).toEqual([true, false, false]);
  });

  it('are found anew after one was given up', async () => {
    const given = new AbortController();
    given.abort();
    await expect(kept(given.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect((await kept(never)).length).toBeGreaterThan(0);
  });
});

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}
