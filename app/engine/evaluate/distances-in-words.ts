import type { EmbedderManifest } from '../model/manifest.ts';

type Embedder = Pick<EmbedderManifest, 'title'>;

/** The distances of the embeddings as they are, whatever was learnt on top of them. */
export function distancesOfEmbedder({ title }: Embedder): string {
  return `${title}, without anything learnt`;
}

/** The distances that the library compares by: `version` is that of its recognition. */
export function distancesInUse({ title }: Embedder, embeddingVersion: string, version: string): string {
  if (version === embeddingVersion) return distancesOfEmbedder({ title });
  return `${title}, with version ${version.replace(`${embeddingVersion}+`, '')} of what was learnt`;
}
