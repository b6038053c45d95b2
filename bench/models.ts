/**
 * Measures the models side by side with others, in one run: `npm run bench:models [PART…] [-- --batches N]`.
 *
 * - speed: our embedding beside plain ONNX Runtime on the same weights
 * - demo: six photos beside @vladmandic/face-api on native TensorFlow (needs `npm run setup:tensorflow`) and WASM
 * - lfw: the LFW protocol from the photos for each pack (needs ../shared/data)
 * - leaks: thousands of batches on each runtime, and what memory does
 */
import { parseArgs } from 'node:util';

import { findInstallation } from '../app/workers/installation.ts';
import { measureDemo } from './models/demo.ts';
import { measureLeaks } from './models/leaks.ts';
import { measureLfw } from './models/lfw.ts';
import { measureSpeed } from './models/speed.ts';

const { packDir } = findInstallation(import.meta.dirname);
const { values: options, positionals } = parseArgs({
  options: { batches: { type: 'string', default: '10000' } },
  allowPositionals: true,
});
const packs = ['fr-feature', 'facenet', 'dlib-resnet'];

const parts: Readonly<Record<string, () => Promise<string>>> = {
  speed: () => measureSpeed(packDir, packs),
  demo: measureDemo,
  lfw: () => measureLfw(packs),
  leaks: () => measureLeaks(Number(options.batches)),
};

for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const part = parts[name];
  if (!part) throw new Error(`there is no part ${name}; there are ${Object.keys(parts).join(', ')}`);
  console.log(`\n## ${name}\n\n${await part()}`);
}
