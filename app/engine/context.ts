import type { Handlers, EventName, Events, RequestName } from '../contract/api.ts';
import type { Remote } from '../workers/channel.ts';
import type { LibraryDb } from './db/open.ts';
import type { MediaService } from './image/media-service.ts';
import type { DetectorManifest, EmbedderManifest } from './model/manifest.ts';
import type { ModelService } from './model/model-service.ts';
import type { Recognition } from './recognition.ts';
import type { FaceVectors, IndexService } from './vector/index-service.ts';

/** The active model packs, as their manifests describe them. */
export interface Packs {
  readonly detector: DetectorManifest;
  readonly embedder: EmbedderManifest;
  /** Names what made a face: when it changes, every photo is looked at again. */
  readonly detectorVersion: string;
  /** Names what made a vector: vectors of two versions are never compared. */
  readonly embeddingVersion: string;
}

/** What the pipeline tells when faces come and go. */
export interface FaceSink {
  /** New faces, already in the database with their embeddings. Fast: grouping follows in the background. */
  facesAdded(faces: FaceVectors): Promise<void>;
  facesGone(ids: readonly number[]): Promise<void>;
  /** No import is running any more: time for a full grouping and for saving the index. Resolves when done. */
  importIdle(): Promise<void>;
}

/** What every subject of the engine works with. */
export interface EngineContext {
  /** The library's folder. */
  readonly dir: string;
  readonly version: string;
  readonly db: LibraryDb;
  readonly media: Remote<MediaService>;
  readonly mediaThreads: number;
  readonly index: Remote<IndexService>;
  /** Reads the manifests; cheap after the first call. @throws {Failure} `model-missing`, `model-damaged` */
  readonly packs: () => Packs;
  /** How faces are compared now. Cheap. @throws what `packs` throws */
  readonly recognition: () => Recognition;
  /** The model thread, started and loaded at the first call. @throws {Failure} `model-missing`, `model-damaged` */
  readonly models: () => Promise<Remote<ModelService>>;
  readonly clock: () => number;
  readonly random: () => number;
  readonly emit: <N extends EventName>(name: N, payload: Events[N]) => void;
  /** Writes a bug to the log, with its stack. */
  readonly report: (where: string, error: unknown) => void;
  /** Tells the pages what to ask for again, gathered for a moment. */
  readonly changed: (...subjects: Events['changed']['subjects']) => void;
  /** Aborted when the engine closes. */
  readonly closing: AbortSignal;
}

/** A part of the engine: the requests it answers, and how to end it. */
export interface Subject<N extends RequestName> {
  readonly handlers: Pick<Handlers, N>;
  close?(): Promise<void>;
}
