/**
 * How long it takes until a window shows an existing library: `node bench/window.ts [photos]`. From starting the
 * program in browser mode to its address, and on to the first photos laid out in Chromium, five times.
 */
import { rmSync } from 'node:fs';

import { launchChromium } from '../test/e2e/chromium.ts';
import { serveLibrary } from '../test/e2e/serve.ts';
import { createTestLibrary } from '../test/factories/library.ts';
import { fillLibrary } from './fill-library.ts';

const photos = Number(process.argv[2] ?? 10_000);
const rounds = 5;

const library = createTestLibrary();
fillLibrary(library, photos);
library.db.close();
const browser = await launchChromium();
const times: { readonly served: number; readonly shown: number }[] = [];
for (let round = 0; round < rounds; round++) {
  const page = await browser.newPage();
  const start = performance.now();
  const program = await serveLibrary(library.dir);
  const served = performance.now() - start;
  await page.goto(program.url);
  await page.getByRole('grid', { name: 'Photos by month' }).getByRole('gridcell').first().waitFor();
  times.push({ served, shown: performance.now() - start });
  await page.close();
  await program.stop();
}
await browser.close();
rmSync(library.dir, { recursive: true });

const median = (values: readonly number[]): string => (values.toSorted((a, b) => a - b)[rounds >> 1] ?? 0).toFixed(0);
console.log(`\n${photos} photos, median of ${rounds} starts`);
console.log(`program answers after ${median(times.map(({ served }) => served))} ms`);
console.log(`first photos laid out after ${median(times.map(({ shown }) => shown))} ms`);
