import { Failure } from '../../contract/errors.ts';
import { createEmbed } from '../face/embed.ts';
import { createTestPattern } from '../face/test-pattern.ts';
import { openOrt } from './engines/ort.ts';
import { cosine, decodeGolden, encodeGolden, leastCosine } from './golden.ts';
import type { EmbedderManifest } from './manifest.ts';

/** Two different pictures that come out closer than this are not told apart. */
const tooAlike = 0.9999;

/**
 * Runs an embedder on two made-up pictures and holds what comes out against its manifest. Gives the vector of the
 * test pattern, as manifests keep it.
 * @throws {Failure} `model-damaged` with what is wrong, `model-failed` where it cannot be run at all
 */
export async function checkEmbedder(model: Uint8Array, manifest: EmbedderManifest): Promise<string> {
  const { name, inputSize, dimensions } = manifest;
  const network = await openOrt(model, 1);
  try {
    const embed = createEmbed(network, manifest, 2);
    const pattern = createTestPattern(inputSize, inputSize).data;
    const other = pattern.toReversed();
    const alone = await embed(pattern, 1);
    const both = await embed(Uint8Array.from([...other, ...pattern]), 2).catch((error: unknown) => {
      const message = `The model ${name} takes one picture at a time only. Export it with a free batch size.`;
      throw new Failure('model-damaged', message, { cause: error });
    });
    if (!both.every((value) => Number.isFinite(value))) {
      throw new Failure('model-damaged', `The model ${name} gives values that are no numbers.`);
    }
    if (cosine(alone, both.subarray(dimensions)) < leastCosine) {
      throw new Failure('model-damaged', `The model ${name} gives other numbers for a picture when it is not alone.`);
    }
    if (!(cosine(both.subarray(0, dimensions), alone) < tooAlike)) {
      throw new Failure('model-damaged', `The model ${name} gives the same numbers whatever it is shown.`);
    }
    if (manifest.golden !== undefined && cosine(alone, decodeGolden(manifest.golden)) < leastCosine) {
      throw new Failure('model-damaged', `The model ${name} gives other numbers on this computer than it should.`);
    }
    return encodeGolden(alone);
  } finally {
    await network.close();
  }
}
