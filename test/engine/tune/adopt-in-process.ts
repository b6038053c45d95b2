/** Uses the versions argv[3…] of the library argv[2] in turn, 0 for none, and says when it begins each: to be killed. */
import type { HeadId } from '../../../app/contract/ids.ts';
import { openTestEngine } from '../../factories/test-engine.ts';

const [dir = '', ...versions] = process.argv.slice(2);
const { ask } = await openTestEngine(dir, 'no-packs');
for (let turn = 0; ; turn++) {
  const head = Number(versions[turn % versions.length]);
  console.log('using', head);
  await ask('tune.use', { head: head === 0 ? null : (head as HeadId) });
}
