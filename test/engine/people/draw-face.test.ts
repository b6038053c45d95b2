import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Input, Output, RequestName } from '../../../app/contract/api.ts';
import type { PhotoId } from '../../../app/contract/ids.ts';
import type { Box } from '../../../app/contract/model.ts';
import { createPeople, type People } from '../../../app/engine/people/people.ts';
import { createPhotos } from '../../../app/engine/search/photos.ts';
import { connect, type Remote } from '../../../app/workers/channel.ts';
import type { IndexService } from '../../../app/engine/vector/index-service.ts';
import { spawnThread } from '../../../app/workers/spawn.ts';
import { openImport, startWorkers, type TestImport, type Workers } from '../../factories/import.ts';
import { demoPhotos } from '../../fixtures/photos.ts';

describe('drawing a missed face', () => {
  let workers: Workers;
  let home: TestImport;
  let people: People;
  let index: { remote: Remote<IndexService>; close: () => Promise<void> };
  let picture: string;
  const signal = new AbortController().signal;
  beforeAll(() => {
    workers = startWorkers();
  });
  afterAll(() => workers.close());
  beforeEach(async () => {
    home = openImport(workers);
    picture = join(home.dir, 'group.jpg');
    copyFileSync(demoPhotos[3]!, picture);
    await home.add(picture);
    const worker = spawnThread('index');
    index = { remote: connect<IndexService>(worker.port).remote, close: () => worker.close() };
    people = createPeople({ ...home.context, index: index.remote });
  });
  afterEach(async () => {
    await people.close?.();
    await index.close();
    await home.remove();
  });

  type Asked = keyof People['handlers'] & RequestName;
  const ask = async <N extends Asked>(name: N, input: Input<N>): Promise<Output<N>> =>
    people.handlers[name](input as never, signal);
  const photo = 1 as PhotoId;
  const shown = () =>
    createPhotos(home.context, () => Promise.resolve([])).handlers['photos.get']({ id: photo }, signal);
  const forget = (id: number): void => void home.db.sql.prepare('DELETE FROM face_row WHERE id = ?').run(id);

  it('finds the points of a face that was drawn by eye, embeds it as the detector would have, and can be undone', async () => {
    const [best] = (await shown()).faces.toSorted((a, b) => b.quality - a.quality);
    const [left, top, width, height] = best!.box;
    const was = home.rows(`SELECT vector FROM embedding WHERE face_id = ${best!.id}`)[0]!['vector'] as Uint8Array;
    forget(best!.id);
    const drawn: Box = [left - 0.15 * width, top - 0.1 * height, width * 1.3, height * 1.25];
    const added = await ask('faces.add', { photo, box: drawn });
    expect(added).toMatchObject({ kind: 'add-face', label: 'Added a face', undone: false });
    const face = (await shown()).faces.find(({ id }) => id === added.face)!;
    expect(face).toMatchObject({ manual: true, confirmed: false });
    expect(face.points).not.toBeNull();
    expect(face.box[0]).toBeCloseTo(left, -1);
    const { vector } = home.rows(`SELECT vector FROM embedding WHERE face_id = ${added.face}`)[0] as {
      vector: Uint8Array;
    };
    const [one, other] = [was, vector].map((bytes) => new Float32Array(bytes.slice().buffer));
    expect(Math.hypot(...one!.map((value, i) => value - other![i]!))).toBeLessThan(0.4);
    expect(
      home.rows(`SELECT length(webp) AS bytes FROM crop WHERE face_id = ${added.face}`)[0]!['bytes'],
    ).toBeGreaterThan(500);
    expect((await index.remote.nearest({ id: added.face, count: 3 }, signal)).ids.length).toBeGreaterThan(0);

    await ask('history.undo', {});
    expect((await shown()).faces.map(({ id }) => id)).not.toContain(added.face);
    await ask('cluster.run', {});
    await expect(index.remote.nearest({ id: added.face, count: 3 }, signal)).rejects.toMatchObject({
      code: 'not-found',
    });
    await ask('history.redo', {});
    expect((await shown()).faces.map(({ id }) => id)).toContain(added.face);
    await ask('cluster.run', {});
    expect((await index.remote.nearest({ id: added.face, count: 3 }, signal)).ids.length).toBeGreaterThan(0);
  });

  it('takes the box alone where the detector sees nothing, as a face that joins nobody by itself', async () => {
    const { width, height } = await shown();
    const { face } = await ask('faces.add', { photo, box: [width - 60, height - 60, 50, 50] });
    const added = (await shown()).faces.find(({ id }) => id === face)!;
    expect(added.points).toBeNull();
    expect(added.quality).toBeLessThan(0.25);
    await ask('faces.move', { faces: [face], to: { name: 'Anna' } });
    expect((await shown()).faces.find(({ id }) => id === face)!.person?.name).toBe('Anna');
  });

  it('keeps what is drawn when the photo is read again, and finds again what was drawn and undone', async () => {
    const { faces } = await shown();
    const [best] = faces.toSorted((a, b) => b.quality - a.quality);
    forget(best!.id);
    const { face } = await ask('faces.add', { photo, box: best!.box });
    const lookAgain = async () => {
      home.db.sql.exec('UPDATE photo SET faces_version = NULL');
      await home.add(picture);
      return (await shown()).faces.map(({ id }) => id);
    };
    expect(await lookAgain()).toContain(face);
    expect(await lookAgain()).toHaveLength(faces.length);
    await ask('history.undo', {});
    const again = await lookAgain();
    expect(again).not.toContain(face);
    expect(again).toHaveLength(faces.length);
  });

  it('refuses a box outside the picture, one too small, one around a known face, and a missing original', async () => {
    const { width, height, faces } = await shown();
    const refusal = (box: Box) => expect(ask('faces.add', { photo, box })).rejects;
    await refusal([width + 5, 0, 50, 50]).toMatchObject({ code: 'bad-request', message: /outside the picture/ });
    await refusal([-40, 10, 45, 50]).toMatchObject({ code: 'bad-request', message: /too small/ });
    await refusal([10, 10, -50, 50]).toMatchObject({ code: 'bad-request' });
    await refusal(faces[0]!.box).toMatchObject({ code: 'bad-request', message: /already/ });
    await expect(ask('faces.add', { photo: 99, box: [0, 0, 50, 50] })).rejects.toMatchObject({
      code: 'not-found',
    });
    rmSync(picture);
    await refusal([width - 60, height - 60, 50, 50]).toMatchObject({ code: 'missing' });
    expect((await shown()).faces).toHaveLength(faces.length);
    expect(await ask('history.state', {})).toEqual({ undo: null, redo: null });
  });
});
