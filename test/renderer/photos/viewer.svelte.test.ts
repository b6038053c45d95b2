import { describe, expect, it } from 'vitest';

import type { FaceId, PhotoId } from '../../../app/contract/ids.ts';
import type { FaceInPhoto, PhotoDetails } from '../../../app/contract/model.ts';
import { Viewer } from '../../../renderer/photos/viewer.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { person } from '../../factories/people.ts';

const face = (id: number, left: number, name: string | null | undefined): FaceInPhoto => ({
  id: id as FaceId,
  box: [left, 0, 10, 10],
  points: null,
  score: 1,
  quality: 1,
  manual: false,
  person: name === undefined ? null : { id: person(id, null).id, name, birth: null },
  confirmed: false,
  notPerson: false,
});

const details = (id: PhotoId, faces: FaceInPhoto[]): PhotoDetails => ({
  id,
  path: '/a.jpg',
  bytes: 1,
  width: 100,
  height: 100,
  takenAt: null,
  dateSource: null,
  camera: null,
  favourite: false,
  mirror: false,
  present: true,
  faces,
});

const sequence = [1, 2, 3] as PhotoId[];
const faces = [face(1, 60, undefined), face(2, 30, null), face(3, 0, 'Anna')];

async function withViewer(check: (viewer: Viewer, go: (photo: number) => Promise<void>) => Promise<void> | void) {
  let photo = $state(2 as PhotoId);
  const backend = fakeBackend({ 'photos.get': ({ id }) => details(id as PhotoId, faces) });
  let viewer: Viewer | undefined;
  const stop = $effect.root(() => {
    viewer = new Viewer(backend, { photo: () => photo, sequence: () => sequence });
  });
  await viewer!.load();
  await check(viewer!, async (next) => {
    photo = next as PhotoId;
    await viewer!.load();
  });
  viewer!.close();
  stop();
}

describe('the viewer', () => {
  it('knows the photos before and after', () =>
    withViewer(async (viewer, go) => {
      expect([viewer.previous, viewer.next]).toEqual([1, 3]);
      await go(3);
      expect([viewer.previous, viewer.next]).toEqual([2, null]);
    }));

  it('has no neighbours for a photo that is not in the page', () =>
    withViewer(async (viewer, go) => {
      await go(9);
      expect([viewer.previous, viewer.next, viewer.strip]).toEqual([null, null, [9]]);
    }));

  it('opens the first unnamed face when faces are shown, from left to right', () =>
    withViewer((viewer) => {
      viewer.toggleFaces();
      expect(viewer.chosen).toBe(2);
      viewer.chooseUnnamed(viewer.chosen);
      expect(viewer.chosen).toBe(1);
    }));

  it('goes through all faces without end', () =>
    withViewer((viewer) => {
      viewer.toggleFaces();
      viewer.step(1);
      viewer.step(1);
      expect(viewer.chosen).toBe(3);
      viewer.step(-1);
      expect(viewer.chosen).toBe(1);
    }));

  it('asks who it is once a face was drawn, also where faces were not shown', () =>
    withViewer(async (viewer, go) => {
      viewer.drawing = true;
      await viewer.drawn(1 as FaceId);
      expect([viewer.drawing, viewer.showFaces, viewer.chosen]).toEqual([false, true, 1]);
      viewer.drawing = true;
      await go(3);
      expect(viewer.drawing).toBe(false);
    }));

  it('shows nothing of the photo before while the next one loads', () =>
    withViewer(async (viewer, go) => {
      const going = go(3);
      expect(viewer.current).toBeNull();
      await going;
      expect(viewer.current?.id).toBe(3);
    }));
});
