/**
 * Starts Familiar from a clone, making first whatever is missing: `npm start -- [options] [DIR…]` opens the window,
 * or the browser where Electron is not to be had, and imports the folders given.
 */
import { limitArenas } from '../app/workers/limit-arenas.ts';

limitArenas();
await import('./start/run.ts');
