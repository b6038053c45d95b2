import { lockLibrary } from '../../../app/engine/library/lock.ts';

/** Locks the library given as argument and holds it until it is killed. */
const lock = lockLibrary(process.argv[2] ?? '');
lock.announce({ pid: process.pid, program: 'a test', url: null, token: null, since: 0 });
process.send?.('locked');
process.on('message', () => process.exit());
