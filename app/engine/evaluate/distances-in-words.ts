import type { EmbedderManifest } from '../model/manifest.ts';

/** The distances of the embeddings as they are, whatever was learnt on top of them. */
export function distancesOfEmbedder({ title }: Pick<EmbedderManifest, 'title'>): string {
  return `${title}, without anything learnt`;
}
