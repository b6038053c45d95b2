#!/usr/bin/env node
import { limitArenas } from '../workers/limit-arenas.ts';

limitArenas();
await import('./run.ts');
