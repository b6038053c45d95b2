import { createEmbed } from '../../face/embed.ts';
import { createTestPattern } from '../../face/test-pattern.ts';
import type { Remote } from '../../../workers/channel.ts';
import { decodeGolden } from '../golden.ts';
import type { EmbedderManifest } from '../manifest.ts';
import type { ModelService } from '../model-service.ts';
import type { Pack } from '../pack.ts';
import { defaultBackend } from './backends.ts';
import { distanceBetween, furthest, type Distance } from './distance-between.ts';
import type { OpenNetwork } from './open-network.ts';

/** Chips that differ, as many as a full batch and a few: parts of the test pattern, each a little further to the right. */
export function patternChips(side: number, count: number): Uint8Array<ArrayBuffer> {
  const { data, width } = createTestPattern(side + count - 1, side);
  const chips = new Uint8Array(3 * side * side * count);
  for (let chip = 0, to = 0; chip < count; chip++) {
    for (let y = 0; y < side; y++, to += 3 * side) {
      const from = 3 * (width * y + chip);
      chips.set(data.subarray(from, from + 3 * side), to);
    }
  }
  return chips;
}

/**
 * Holds the embeddings that `models` makes against the pack's golden vector, and those of a batch against what the
 * default backend makes of each chip alone.
 * @throws {Failure} `model-failed` for values that are no numbers
 */
export async function compareEmbedder(
  models: Remote<ModelService>,
  pack: Pack<EmbedderManifest>,
  open: OpenNetwork,
  count: number,
): Promise<Distance> {
  const { inputSize: side, dimensions, golden } = pack.manifest;
  const distances: Distance[] = [];
  if (golden !== undefined) {
    const pattern = new Uint8Array(createTestPattern(side, side).data);
    distances.push(distanceBetween(await models.embed({ chips: pattern, count: 1 }), decodeGolden(golden)));
  }
  const chips = patternChips(side, count);
  const given = await models.embed({ chips: chips.slice(), count });
  const network = await open(defaultBackend, pack, { threads: 1 });
  try {
    const wanted = await createEmbed(network, pack.manifest, 1)(chips, count);
    for (let start = 0; start < wanted.length; start += dimensions) {
      const end = start + dimensions;
      distances.push(distanceBetween(given.subarray(start, end), wanted.subarray(start, end)));
    }
  } finally {
    await network.close();
  }
  return furthest(distances);
}
