import { setTimeout as sleep } from 'node:timers/promises';

import type { EngineContext } from '../context.ts';
import type { FaceToEmbed, ReEmbedTable } from '../db/re-embed.ts';
import type { Models } from '../model/start-models.ts';
import { settings } from '../settings.ts';

export interface EmbedLackingOptions {
  readonly context: Pick<EngineContext, 'db' | 'media'>;
  readonly table: ReEmbedTable;
  readonly models: Models;
  readonly signal: AbortSignal;
  /** `embedded` more faces have a vector; of `unreadable` faces in all the crop cannot be read. */
  readonly onProgress: (embedded: number, unreadable: number) => void;
}

/**
 * Embeds every face that lacks a vector of the embedder of `models`, from its crop. Ends when none lacks one and no
 * import is at work that could bring more.
 */
export async function embedLacking({ context, table, models, signal, onProgress }: EmbedLackingOptions): Promise<void> {
  const { embeddingVersion } = models.packs();
  const unreadable = new Set<number>();
  const isDone = (): boolean =>
    !table.importRuns() &&
    table.lacking(embeddingVersion, 0, unreadable.size + 1).every(({ id }) => unreadable.has(id));
  for (let last = 0; ;) {
    signal.throwIfAborted();
    const faces = table.lacking(embeddingVersion, last, settings.reEmbed.faces);
    last = faces.at(-1)?.id ?? 0;
    const readable = faces.filter(({ id }) => !unreadable.has(id));
    if (readable.length > 0) {
      const vectors = await embedFaces(context, models, readable, signal);
      context.db.write(() => vectors.forEach((vector, id) => table.save(id, embeddingVersion, vector)));
      for (const { id } of readable) if (!vectors.has(id)) unreadable.add(id);
      onProgress(vectors.size, unreadable.size);
    } else if (faces.length === 0) {
      if (isDone()) return;
      await sleep(settings.reEmbed.waitMs, undefined, { signal });
    }
  }
}

/** The vectors of those faces whose crop can be read, by id. */
async function embedFaces(
  { media }: Pick<EngineContext, 'media'>,
  models: Models,
  faces: readonly FaceToEmbed[],
  signal: AbortSignal,
): Promise<Map<number, Float32Array>> {
  const { template, dimensions } = models.packs().embedder;
  const crops = faces.map(({ webp, face }) => ({ webp, face }));
  const chips = await media.alignCrops({ crops, template }, signal);
  const good = faces.flatMap(({ id }, i) => (chips[i] ? [{ id, chip: chips[i] }] : []));
  if (good.length === 0) return new Map();
  const joined = new Uint8Array(Buffer.concat(good.map(({ chip }) => chip)));
  const rows = await (await models.get()).embed({ chips: joined, count: good.length }, signal);
  return new Map(good.map(({ id }, i) => [id, rows.subarray(i * dimensions, (i + 1) * dimensions)]));
}
