/** Changes the embedder of a library and says so: to be killed. Arguments: library, folder of packs, pack. */
import { openTestEngine } from '../../factories/test-engine.ts';

const [dir = '', userPackDir = '', name = ''] = process.argv.slice(2);
const { engine, ask } = await openTestEngine(dir, userPackDir);
engine.on((event) => {
  if (event === 'jobs') console.log('changing');
});
await ask('models.use', { name });
