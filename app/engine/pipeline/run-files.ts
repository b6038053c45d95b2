import type { EngineContext, FaceSink } from '../context.ts';
import { photoTable } from '../db/photos.ts';
import type { QueuedFile } from '../db/queue.ts';
import { settings } from '../settings.ts';
import type { Ledger } from './ledger.ts';
import type { EmbeddedPhoto, PictureOfFile, RecordedPhoto } from './photo-flow.ts';
import { createFaceRecorder, type FaceChanges } from './record-faces.ts';
import { createPhotoRecorder } from './record-photo.ts';
import { createRetries } from './retries.ts';
import { createStages } from './stages.ts';
import { flat, inBatches, inParallel } from './stream.ts';

export interface FileRun {
  readonly context: EngineContext;
  readonly sink: FaceSink;
  readonly ledger: Ledger;
  readonly jobId: number;
  /** Ends everything at once; what was in flight is done again later. */
  readonly signal: AbortSignal;
  /** Called for each file that is over with. */
  readonly onFinished: () => void;
}

/**
 * Prepares the way of a file from the disk to the people: read → record the photo → detect → cut → embed → record the
 * faces. What is in flight is bounded at each arrow. @throws {Failure} what stops the import as a whole
 */
export async function prepareFileRun(run: FileRun): Promise<(files: AsyncIterable<QueuedFile>) => Promise<void>> {
  const { context, ledger, jobId, signal } = run;
  const stages = createStages(context, await context.models(), signal);
  const recordPhoto = createPhotoRecorder(context);
  const recordFaces = createFaceEnding(run);
  const { attempt } = createRetries<{ readonly file: QueuedFile }>(({ file }, failure) => {
    ledger.fail(jobId, file, failure);
    context.changed('failures');
    run.onFinished();
  });
  const { detectPhotos, embedFaces, embedPhotos, modelCalls, batchWaitMs: waitMs } = settings.import;
  const one = async <I, O>([item]: readonly I[], stage: (item: I) => Promise<O>): Promise<O[]> =>
    item === undefined ? [] : [await stage(item)];

  const record = async ({ file, read }: PictureOfFile): Promise<RecordedPhoto[]> => {
    const { photoId, needsFaces } = await recordPhoto(file.path, read);
    context.changed('photos');
    if (needsFaces) return [{ file, read, photoId }];
    context.db.write(() => ledger.finish(jobId, file, 0));
    run.onFinished();
    return [];
  };

  return async (files) => {
    // One read more than threads, so that a thread that has finished finds the next file waiting.
    const read = inParallel(files, context.mediaThreads + 1, (file) =>
      attempt([{ file }], (items) => one(items, (item) => stages.read(item.file))),
    );
    const recorded = inParallel(flat(read), 1, record);
    const batches = inBatches(flat(recorded), { count: detectPhotos, weight: Infinity, waitMs }, () => 0);
    const detected = inParallel(batches, modelCalls, (photos) => attempt(photos, stages.detect));
    const cut = inParallel(flat(detected), context.mediaThreads, (photo) =>
      attempt([photo], (items) => one(items, stages.cut)),
    );
    const groups = inBatches(flat(cut), { count: embedPhotos, weight: embedFaces, waitMs }, ({ cuts }) => cuts.length);
    const embedded = inParallel(groups, modelCalls, (photos) => attempt(photos, stages.embed));
    for await (const photos of embedded) await recordFaces(photos);
  };
}

/** Records the faces of photos, a transaction each, and passes them on together. */
function createFaceEnding({
  context,
  sink,
  ledger,
  jobId,
  onFinished,
}: FileRun): (photos: readonly EmbeddedPhoto[]) => Promise<void> {
  const recordFaces = createFaceRecorder(context);
  const photoRows = photoTable(context.db.sql);
  const { detectorVersion, embedder } = context.packs();
  return async (photos) => {
    const changes: FaceChanges[] = [];
    for (const photo of photos) {
      const change = context.db.write(() => {
        const faces = recordFaces(photo);
        photoRows.setFacesVersion(photo.photoId, detectorVersion);
        ledger.finish(jobId, photo.file, faces.added.length);
        return faces;
      });
      changes.push(change);
      onFinished();
    }
    context.changed('photos');
    const gone = changes.flatMap((change) => change.gone);
    if (gone.length > 0) await sink.facesGone(gone);
    const added = changes.flatMap((change) => change.added);
    if (added.length === 0) return;
    const vectors = new Float32Array(added.length * embedder.dimensions);
    for (const [row, { vector }] of added.entries()) vectors.set(vector, row * embedder.dimensions);
    await sink.facesAdded({ ids: Int32Array.from(added, ({ id }) => id), vectors });
  };
}
