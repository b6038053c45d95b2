import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { settings } from '../../app/engine/settings.ts';
import type { Outcome } from './outcome.ts';

/** Runs with other settings are other runs. */
const version = createHash('sha256').update(JSON.stringify(settings.tune)).digest('hex').slice(0, 8);
const dir = join(import.meta.dirname, '../out/tune', version);

/** What was run before is read, what was not is run and kept: a long series may be made in pieces. */
export async function keptOutcome(name: string, run: () => Promise<Outcome>): Promise<Outcome> {
  const kept = readOutcome(name);
  if (kept) return kept;
  const outcome = await run();
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, `${name}.json`), JSON.stringify(outcome));
  return outcome;
}

function readOutcome(name: string): Outcome | undefined {
  const file = join(dir, `${name}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Outcome) : undefined;
}
