import type { Description } from './catalogue.ts';
import type { ImportFacts } from './import-model.ts';
import type { Manifest } from './manifest.ts';

/**
 * What the pack process does: it makes packs, and runs each model before anybody relies on it. It is started for one
 * pack and ended after it, and takes nothing along if a model aborts it.
 */
export interface PackService {
  /**
   * Makes a pack of the catalogue in the new folder `into`. Files that come one by one are in `dir` already; npm's are
   * fetched.
   */
  build(
    input: { readonly description: Description; readonly dir: string; readonly into: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** Makes a pack of a model file of the user's in the new folder `into`. */
  import(
    input: { readonly file: string; readonly facts: ImportFacts; readonly into: string },
    signal: AbortSignal,
  ): Promise<Manifest>;
}
