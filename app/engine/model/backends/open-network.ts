import type { Network } from '../network.ts';
import { readModelFile, type Pack } from '../pack.ts';
import { backends, type BackendName } from './backends.ts';

export interface NetworkOptions {
  /** A file of the pack; else its first. */
  readonly file?: string | undefined;
  /** How many threads one run may use. */
  readonly threads: number;
}

export type OpenNetwork = (backend: BackendName, pack: Pack, options: NetworkOptions) => Promise<Network>;

/**
 * Loads a network of a pack on a backend, after its file has been held against its hash.
 * @throws {Failure} `model-missing`, `model-damaged`; `model-failed` where the backend or an operator is not there
 */
export const openNetwork: OpenNetwork = async (backend, pack, { file, threads }) =>
  backends[backend].open(await readModelFile(pack, file ?? pack.manifest.files[0]?.name ?? ''), threads);
