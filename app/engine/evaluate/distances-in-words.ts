import type { EmbedderManifest } from '../model/manifest.ts';

type Embedder = Pick<EmbedderManifest, 'title'>;

/** The distances of the embeddings as they are, whatever was learnt on top of them. */
export function distancesOfEmbedder({ title }: Embedder): string {
  return `${title}, without anything learnt`;
}

/**
 * The distances that the library compares by: `version` is that of its recognition. What was learnt has seen the names by
 * which the library is measured, and looks better by them than it is.
 */
export function distancesInUse({ title }: Embedder, embeddingVersion: string, version: string): string {
  if (version === embeddingVersion) return distancesOfEmbedder({ title });
  const learnt = version.replace(`${embeddingVersion}+`, '');
  return `${title}, with version ${learnt} of what was learnt, which has seen most of these faces: on new photos it does less well`;
}
