/**
 * How long the page's own thread is blocked while photos come in: `node bench/interface.ts DIR`. The folder is imported
 * into a new library while Chromium shows the photos, then the people; prints the longest tasks of the page.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { launchChromium } from '../test/e2e/chromium.ts';
import { serveLibrary } from '../test/e2e/serve.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('which folder? node bench/interface.ts DIR');

const dir = mkdtempSync(join(tmpdir(), 'familiar-bench-'));
const program = await serveLibrary(dir);
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 820 } });
await page.goto(program.url);
await page.getByText('Nothing leaves this computer.').waitFor();
// As text: the page's own types are not ours here.
await page.evaluate(`
  window.tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: 'longtask' });
`);
const ask = (name: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    `fetch('/api/${name}', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(input))} }).then((reply) => reply.json())`,
  );
await ask('import.add', { paths: [resolve(folder)] });
for (let second = 0; ; second++) {
  await page.waitForTimeout(1000);
  if (second % 10 === 5) await page.evaluate(`location.hash = '#/${second % 20 === 5 ? 'people' : 'photos'}'`);
  const { value } = (await ask('jobs.list', {})) as { value: { state: string; done: number }[] };
  if (value.every(({ state }) => state !== 'running')) {
    const tasks = await page.evaluate<number[]>('tasks');
    const longest = tasks.toSorted((a, b) => b - a).slice(0, 5);
    console.log(`${value[0]?.done ?? 0} photos in ${second + 1} s`);
    console.log(
      `page: ${tasks.length} tasks over 50 ms, the longest ${longest.map((ms) => ms.toFixed(0)).join(', ') || 'none'} ms`,
    );
    break;
  }
}
await browser.close();
await program.stop();
rmSync(dir, { recursive: true });
