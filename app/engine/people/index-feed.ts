import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { moved } from '../../workers/channel.ts';
import type { EngineContext, Packs } from '../context.ts';
import { createHeadTable } from '../db/heads.ts';
import type { GroupingQueries } from '../db/grouping.ts';
import type { Added, FaceVectors } from '../vector/index-service.ts';

/** Keeps the index thread in step with the library: SQLite has the vectors, the index may lag behind or be gone. */
export interface IndexFeed {
  /** The index holds every embedded face that is there, and no other. */
  inStep(): Promise<void>;
  /** The index can be asked; it may lag behind. */
  ready(): Promise<void>;
  add(faces: FaceVectors): Promise<Added>;
  remove(ids: readonly number[]): Promise<void>;
  save(): Promise<void>;
  /**
   * Faces are compared after this head from when it resolves, or as they are; until then the former way serves. `commit`
   * writes down which at that moment; where it cannot, all stays as it was.
   */
  use(weights: Float32Array<ArrayBuffer> | null, commit: () => void): Promise<void>;
  /** Deletes its files; it is begun anew when it is asked next. Not while it is being saved. */
  clear(): void;
}

/** Faces handed over at a time: a megabyte at 512 dimensions. */
const slice = 500;

export function createIndexFeed(context: EngineContext, queries: GroupingQueries): IndexFeed {
  const dir = join(context.dir, 'index');
  const heads = createHeadTable(context.db.sql);
  let opened: { readonly version: string; readonly ids: Promise<Set<number>> } | undefined;

  const open = async ({ embedder, embeddingVersion: version }: Packs): Promise<Set<number>> => {
    const { ids } = await context.index.open({ dir, version, dimensions: embedder.dimensions });
    await useRecorded(version);
    return new Set(ids);
  };
  /** Nobody asks the index before it compares as the thresholds suppose. */
  const useRecorded = async (version: string): Promise<void> => {
    const head = heads.active(version);
    if (!head) return;
    try {
      await context.index.use({ weights: heads.weights(head.id) }, context.closing);
    } catch (error) {
      if (context.closing.aborted) throw error;
      context.report('learnt head', error);
      context.db.writeDurably(() => heads.activate(version, null));
      const message = `What was learnt (version ${head.id}) cannot be used; faces are compared by the model alone.`;
      context.emit('notice', { message });
      context.changed('tuning');
    }
  };
  /** Ids that the index of the active embedder holds. A failed opening is tried again at the next call. */
  const held = async (): Promise<Set<number>> => {
    const packs = context.packs();
    const version = packs.embeddingVersion;
    if (opened?.version !== version) opened = { version, ids: open(packs) };
    try {
      return await opened.ids;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };

  const add = async (faces: FaceVectors): Promise<Added> => {
    const holds = await held();
    for (const id of faces.ids) holds.add(id);
    const added = await context.index.add(faces);
    if (added.refused.length > 0) {
      const message = `${added.refused.length} faces have no usable vector and are left out of the groups`;
      context.emit('notice', { message });
    }
    return added;
  };
  const remove = async (ids: readonly number[]): Promise<void> => {
    const holds = await held();
    const known = ids.filter((id) => holds.delete(id));
    if (known.length > 0) await context.index.remove({ ids: Int32Array.from(known) });
  };

  const addMissing = async (version: string, missing: ReadonlySet<number>): Promise<void> => {
    let last = 0;
    for (let left = missing.size; left > 0;) {
      context.closing.throwIfAborted();
      const rows = queries.embeddings(version, last, slice);
      const end = rows.at(-1);
      if (!end) return;
      last = end.id;
      const lacking = rows.filter((row) => missing.has(row.id));
      if (lacking.length > 0) await add(packVectors(lacking));
      left -= lacking.length;
    }
  };

  return {
    inStep: async () => {
      const holds = await held();
      const version = context.packs().embeddingVersion;
      const wanted = new Set(queries.embeddedIds(version));
      await remove([...holds].filter((id) => !wanted.has(id)));
      await addMissing(version, new Set([...wanted].filter((id) => !holds.has(id))));
    },
    ready: async () => {
      await held();
    },
    add,
    remove,
    save: async () => {
      if (opened) await context.index.save(null);
    },
    use: async (weights, commit) => {
      await held();
      const { head } = context.recognition();
      await context.index.use({ weights }, context.closing);
      try {
        commit();
      } catch (error) {
        await context.index.use({ weights: head && heads.weights(head) }, context.closing);
        throw error;
      }
    },
    clear: () => {
      rmSync(dir, { recursive: true, force: true });
      opened = undefined;
    },
  };
}

function packVectors(rows: readonly { id: number; vector: Float32Array }[]): FaceVectors {
  const dimensions = rows[0]?.vector.length ?? 0;
  const vectors = new Float32Array(rows.length * dimensions);
  for (const [row, { vector }] of rows.entries()) vectors.set(vector, row * dimensions);
  const ids = Int32Array.from(rows, ({ id }) => id);
  return moved({ ids, vectors }, [vectors.buffer]);
}
