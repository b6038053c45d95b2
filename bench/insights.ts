/**
 * What a look at the recognition costs: `npm run bench:insights [FACES [SHARE]]`. Made-up faces in a real library, grouped by
 * the engine with a real index thread; everybody with four faces or more in one group is named, up to a share of all faces, a
 * fifth if none is given.
 * CPU is that of the process with all its threads. "Longest block" is the longest that the engine's own thread did not
 * answer to anybody else meanwhile.
 */
import type { RequestName } from '../app/contract/api.ts';
import { createInsights } from '../app/engine/insights/insights.ts';
import { createPeople } from '../app/engine/people/people.ts';
import { createRecognition } from '../app/engine/recognition.ts';
import type { IndexService } from '../app/engine/vector/index-service.ts';
import { connect } from '../app/workers/channel.ts';
import { spawnThread } from '../app/workers/spawn.ts';
import { createTestLibrary } from '../test/factories/library.ts';
import { head, measure, row } from './people/measure.ts';
import { createSyntheticFaces, space512 } from './people/synthetic-faces.ts';

const count = Number(process.argv[2] ?? 10_000);
const share = Number(process.argv[3] ?? 0.2);
const { vectors } = createSyntheticFaces(count, space512);
const { dimensions, eps, acceptance } = space512;
const library = createTestLibrary();
const worker = spawnThread('index');
const base = library.context.packs();
const packs = { ...base, embedder: { ...base.embedder, dimensions, thresholds: { pair: 1.2, eps, acceptance } } };
const standard = createRecognition(() => packs, library.db.sql);
const index = connect<IndexService>(worker.port).remote;
const context = { ...library.context, index, packs: () => packs, recognition: standard };
const people = createPeople(context);
const insights = createInsights(context, people, standard).handlers;
const never = new AbortController().signal;

library.db.write(() => {
  for (let face = 0; face < count; face++) {
    library.face({ photo: library.photo(), vector: vectors.subarray(face * dimensions, (face + 1) * dimensions) });
  }
});
await people.handlers['cluster.run']({}, never);
let named = 0;
for (const group of await people.handlers['people.list']({ hidden: false }, never)) {
  if (group.faces < 4 || named + group.faces > share * count) continue;
  await people.handlers['people.name']({ person: group.id, name: `Person ${group.id}` }, never);
  named += group.faces;
}
await people.handlers['cluster.run']({}, never);

console.log(`${count} faces, of which ${named} are labelled\n`);
head('request', 'wall, s', 'CPU, s', 'longest block, ms');
await tell('insights.preview', () =>
  insights['insights.preview']({ eps: 0.97 * eps, acceptance: 0.97 * acceptance }, never),
);
await tell('evaluate.library', () => insights['evaluate.library']({}, never));
await tell('insights.people', () => insights['insights.people']({}, never));
await tell('insights.map', () => insights['insights.map']({}, never));
await tell('insights.calibration', () => insights['insights.calibration']({}, never));
await people.close?.();
await worker.close();
library.close();

async function tell(name: RequestName, ask: () => unknown): Promise<void> {
  let [last, longest] = [performance.now(), 0];
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  const { wall, cpu } = await measure(ask);
  clearInterval(beat);
  row(name, wall / 1000, cpu / 1000, longest.toFixed(0));
}
