/** Learns in the library argv[2] and says so once it has begun: to be killed. */
import { openTestEngine } from '../../factories/test-engine.ts';

const { engine, ask } = await openTestEngine(process.argv[2] ?? '', 'no-packs');
engine.on((name, payload) => {
  if (name === 'tuning' && 'run' in payload && payload.run && payload.run.step > 0) console.log('learning');
});
await ask('tune.start', { settings: { steps: 5000 } });
