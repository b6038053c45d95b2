import type { EventName, Events } from '../contract/api.ts';
import type { Reply } from '../contract/errors.ts';
import type { PictureRequest } from '../contract/picture-request.ts';
import { openEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import type { Holder } from '../engine/library/lock.ts';
import { makeLibraryFolder } from '../engine/library/make-library-folder.ts';
import { moved } from './channel.ts';

/** What a host has to say about the library it wants. */
export type LibraryPlace = Pick<EngineOptions, 'dir' | 'packDir' | 'userPackDir' | 'version' | 'threads'>;

/** A picture as a file to be sent, or as bytes that lie in no file. */
export type PictureBytes =
  { readonly path: string; readonly mime: string } | { readonly bytes: Uint8Array; readonly mime: string };

/** What the engine thread does for the host that started it. */
export interface EngineService {
  /** Before anything else, once. @throws {Failure} what `openEngine` throws */
  open(place: LibraryPlace): Promise<void>;
  dispatch(request: { readonly name: string; readonly input: unknown }, signal: AbortSignal): Promise<Reply<unknown>>;
  /** @throws {Failure} `not-found`; `missing` where the original is gone */
  picture(request: PictureRequest): Promise<PictureBytes>;
  announce(holder: Holder): Promise<void>;
  close(input: null): Promise<void>;
}

export type EngineWorld = Pick<EngineOptions, 'spawn' | 'clock' | 'random' | 'report'> & {
  readonly emit: <N extends EventName>(name: N, payload: Events[N]) => void;
};

/** The engine as a service behind a channel. */
export function createEngineService({ emit, ...world }: EngineWorld): EngineService {
  let opened: Engine | undefined;
  const engine = (): Engine => {
    if (!opened) throw new Error('the engine is not open');
    return opened;
  };
  return {
    open: async (place) => {
      makeLibraryFolder(place.dir);
      opened = await openEngine({ ...place, ...world });
      opened.on(emit);
    },
    dispatch: ({ name, input }, signal) => engine().dispatch(name, input, signal),
    picture: async (request) => readPicture(engine(), request),
    announce: async (holder) => engine().announce(holder),
    close: async () => {
      await opened?.close();
      opened = undefined;
    },
  };
}

async function readPicture({ pictures }: Engine, request: PictureRequest): Promise<PictureBytes> {
  switch (request.kind) {
    case 'thumb':
      return { path: (await pictures.thumb(request.id, request.size)).path, mime: 'image/webp' };
    case 'photo':
      return pictures.photo(request.id);
    case 'face': {
      // Copied once, so that what is handed over belongs to nobody else.
      const bytes = new Uint8Array(await pictures.face(request.id));
      return moved({ bytes, mime: 'image/webp' }, [bytes.buffer]);
    }
  }
}
