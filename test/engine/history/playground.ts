import type { EngineContext } from '../../../app/engine/context.ts';
import type { FaceId } from '../../../app/contract/ids.ts';
import type { LinkedFace } from '../../../app/engine/cluster/linked-faces.ts';
import { drawnFaceTable } from '../../../app/engine/db/drawn-faces.ts';
import { createFacts } from '../../../app/engine/db/facts.ts';
import type { Box, FaceValues } from '../../../app/engine/db/faces.ts';
import { createGroupingQueries } from '../../../app/engine/db/grouping.ts';
import { openLibraryDb } from '../../../app/engine/db/open.ts';
import { createPeopleQueries } from '../../../app/engine/db/people.ts';
import { createHistory } from '../../../app/engine/history/history.ts';
import { createFaceCorrections } from '../../../app/engine/people/correct-faces.ts';
import { createLinkCorrections } from '../../../app/engine/people/correct-links.ts';
import { createPersonCorrections } from '../../../app/engine/people/correct-people.ts';
import { createErasing } from '../../../app/engine/people/erase-person.ts';
import { createGrouping } from '../../../app/engine/people/grouping.ts';
import { createHeldMoves } from '../../../app/engine/people/held-moves.ts';
import type { IndexFeed } from '../../../app/engine/people/index-feed.ts';
import { createOverruled } from '../../../app/engine/people/overruled.ts';
import { createSplitting } from '../../../app/engine/people/split-person.ts';
import { createSuggestions } from '../../../app/engine/people/suggest-merges.ts';
import { createFaceRecorder } from '../../../app/engine/pipeline/record-faces.ts';
import { createFavourites } from '../../../app/engine/search/favourites.ts';
import type { Clustering } from '../../../app/engine/vector/index-service.ts';
import { createTestLibrary, testPacks } from '../../factories/library.ts';

export const [photos, faces, groups] = [5, 10, 4];
const side = 100;
const signal = new AbortController().signal;
const unit = Float32Array.of(1, 0, 0, 0);
const values: Omit<FaceValues, 'box'> = {
  points: null,
  score: 0.9,
  sharpness: 1,
  yaw: 0,
  pitch: 0,
  roll: 0,
  quality: 0.8,
  crop: new Uint8Array([1]),
  vector: unit,
};

/** Ten faces in five photos and four groups (the last belongs to nobody). Clusters are what the test says they are. */
export function createPlayground() {
  const library = createTestLibrary();
  const people = Array.from({ length: groups }, () => library.person(null));
  for (let photo = 0; photo < photos; photo++) library.photo();
  for (let i = 0; i < faces; i++) {
    const box: Box = [(i % 2) * 2 * side, 0, side, side];
    library.face({ photo: ((i >> 1) + 1) as never, person: i === 9 ? null : people[i % groups]!, box });
  }
  let db = library.db;
  let clustering: Clustering;
  /** Changes with the model: the vectors of one are nothing to the other. */
  let embedder = 1;
  const open = () => {
    const context: EngineContext = {
      ...library.context,
      db,
      index: { cluster: async () => clustering } as unknown as EngineContext['index'],
      packs: () => ({ ...testPacks, embeddingVersion: `embedder ${embedder}` }),
    };
    const queries = createPeopleQueries(db.sql);
    const grouping = createGroupingQueries(db.sql);
    const history = createHistory(
      db,
      () => 0,
      () => undefined,
    );
    const feed = { inStep: async () => undefined } as unknown as IndexFeed;
    const held = createHeldMoves(queries, history);
    return {
      history,
      grouping,
      facts: createFacts(db.sql),
      drawn: drawnFaceTable(db.sql),
      record: createFaceRecorder(context),
      group: createGrouping(context, grouping, feed, history, () => false, held.offer),
      handlers: {
        ...createPersonCorrections(queries, history).handlers,
        ...createFaceCorrections(queries, history).handlers,
        ...createLinkCorrections(queries, history).handlers,
        ...createSplitting(context, queries, feed, history).handlers,
        ...createSuggestions(context, queries, feed, history).handlers,
        ...createOverruled(context, queries, history).handlers,
        ...createErasing(context, queries, history, async () => undefined).handlers,
        ...createFavourites(history).handlers,
        ...held.handlers,
      },
    };
  };
  let engine = open();
  const rows = (sql: string) =>
    db.sql
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  const ids = (sql: string) => rows(sql).map((row) => Number(row['id']));
  const reopen = (): void => {
    // The library closes its own connection at the end.
    if (db !== library.db) db.close();
    db = openLibraryDb(`${library.dir}/library.sqlite`);
    engine = open();
  };

  return {
    get engine() {
      return engine;
    },
    ids,
    restart: reopen,
    changeModel: () => {
      embedder++;
      db.sql.prepare('DELETE FROM embedding').run();
      reopen();
    },
    /** Everything that follows from facts and pictures is lost, and worked out again. */
    rebuild: async (clusters: readonly number[]) => {
      db.sql.exec('UPDATE part SET person_id = NULL; DELETE FROM person_summary; DELETE FROM part_summary');
      db.sql.exec('INSERT OR IGNORE INTO part_stale SELECT id FROM part; DELETE FROM setting');
      await group(clusters);
    },
    group,
    /** A face that the user draws in a photo, right of all others. */
    draw: (photo: number) => {
      const left = (2 + ids('SELECT id FROM face').length) * 2 * side;
      return engine.history.record('add-face', 'Added a face', (recorder) => {
        const id = engine.drawn.add(photo, { ...values, box: [left, 0, side, side] }, `embedder ${embedder}`);
        recorder.draw([id]);
      });
    },
    /** The detector looks at a photo again: of the faces in it finds those at `found`, a little off, and may be a new one. */
    redetect: (photo: number, found: readonly boolean[], another: boolean) => {
      const known = rows(`SELECT left FROM face WHERE photo_id = ${photo} AND manual = 0 ORDER BY id`);
      const boxes = known
        .filter((_, at) => found[at % found.length])
        .map((row): Box => [Number(row['left']) + 5, 5, side, side]);
      if (another) boxes.push([1000 * side, 0, side, side]);
      const size = { width: 400, height: 300 };
      const changes = db.write(() =>
        engine.record({
          file: undefined as never,
          photoId: photo,
          workingSize: size,
          size,
          faces: boxes.map((box) => ({ box, points: new Float32Array(10), score: 0.9 })),
          cuts: boxes.map(() => ({ sharpness: 1, crop: values.crop, chip: values.crop }) as never),
          vectors: boxes.map(() => unit),
        }),
      );
      const added = changes.added.map(({ id }) => id);
      db.write(() => {
        engine.grouping.show(changes.gone, null);
        engine.facts.repair([...changes.gone, ...added]);
      });
    },
    shown: () => {
      const all = rows('SELECT id, person_id FROM face WHERE gone = 0 ORDER BY id');
      return new Map(all.map((row) => [Number(row['id']), row['person_id'] as number | null]));
    },
    linked: (): LinkedFace[] => engine.facts.links.faces(engine.facts.links.all()),
    overruledRow: (id: number) => toLines(String(rows(`SELECT said FROM overruled WHERE id = ${id}`)[0]!['said'])),
    facts: () => ({
      people: rows(
        `SELECT id, name, hidden, cover_id AS cover FROM person WHERE name IS NOT NULL OR hidden = 1 OR cover_id IS NOT NULL ORDER BY id`,
      ),
      labels: rows('SELECT face_id AS face, person_id AS person, strength FROM label ORDER BY face_id'),
      rejections: rows('SELECT face_id AS face, person_id AS person FROM rejection ORDER BY 1, 2'),
      links: rows('SELECT a_id AS a, b_id AS b, same FROM link ORDER BY id'),
      notFaces: ids('SELECT face_id AS id FROM not_face ORDER BY 1'),
      notPersons: ids('SELECT face_id AS id FROM not_person ORDER BY 1'),
      mirrors: ids('SELECT photo_id AS id FROM mirror ORDER BY 1'),
      favourites: ids('SELECT photo_id AS id FROM favourite ORDER BY 1'),
      overruled: rows('SELECT said FROM overruled')
        .flatMap((row) => toLines(String(row['said'])))
        .sort(),
    }),
    /** What the people grid says, and what counting every face says. */
    summaries: () => {
      const told = createPeopleQueries(db.sql)
        .list(true)
        .filter((person) => person.faces > 0);
      return {
        told: told.map((each) => ({ id: each.id, faces: each.faces, photos: each.photos })).sort((a, b) => a.id - b.id),
        counted: rows(`
          SELECT person_id AS id, count(*) AS faces, count(DISTINCT photo_id) AS photos FROM face
          WHERE gone = 0 AND person_id IS NOT NULL GROUP BY person_id ORDER BY person_id`),
      };
    },
    foreignKeyErrors: () => rows('PRAGMA foreign_key_check'),
    close: () => {
      if (db !== library.db) db.close();
      library.close();
    },
  };

  /** `clusters`: of the first face, the second, and so on, from the beginning again; −1: in none. */
  async function group(clusters: readonly number[]): Promise<void> {
    const all = ids('SELECT id FROM face WHERE gone = 0 ORDER BY id') as FaceId[];
    clustering = {
      ids: Int32Array.from(all),
      clusters: Int32Array.from(all, (_, at) => clusters[at % clusters.length]!),
      near: new Int32Array(all.length),
    };
    await engine.group(signal);
  }
}
export type Playground = ReturnType<typeof createPlayground>;

/** As the model writes them: one for each face. */
function toLines(json: string): string[] {
  const said = JSON.parse(json) as { kind: string; faces: number[]; person?: number };
  if (said.person === undefined) return [`${said.kind} ${said.faces.join(' ')}`];
  return said.faces.map((face) => `${said.kind} ${face} ${said.person}`);
}
