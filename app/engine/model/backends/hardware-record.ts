import { createHash } from 'node:crypto';
import { arch, cpus, hostname, totalmem } from 'node:os';

import { z } from 'zod';

import type { LibrarySettings } from '../../db/library-settings.ts';
import { backendNames } from './backends.ts';
import { Measures } from './probe-service.ts';

const backend = z.enum(backendNames);

/** What was measured on one computer, with one version of the program and one set of packs. */
export const HardwareRecord = z.object({
  /** Of the program. */
  version: z.string(),
  /** Hashes of the packs. */
  packs: z.string(),
  /** Milliseconds since 1970. */
  measuredAt: z.number(),
  probes: z.array(
    z.union([
      z.object({ backend, measures: Measures, problem: z.null() }),
      z.object({ backend, measures: z.null(), problem: z.string() }),
    ]),
  ),
  /** The backend that is in use now, where it is not the default one: found at a start, it says how the last one ended. */
  inUse: backend.nullable(),
  /** Times that the program ended within such a use and nobody knows why. */
  crashes: z.number().int(),
});
export type HardwareRecord = z.infer<typeof HardwareRecord>;

/** One record for each computer that has the library open at one time or another. */
export function hardwareRecords(remembered: LibrarySettings): {
  /** Null where nothing was measured, or what was cannot be read any more. */
  readonly read: () => HardwareRecord | null;
  readonly write: (record: HardwareRecord) => void;
} {
  const key = `hardware-${computerId()}`;
  return {
    read: () => {
      const text = remembered.get(key);
      const parsed = HardwareRecord.safeParse(text === null ? null : parseJson(text));
      return parsed.success ? parsed.data : null;
    },
    write: (record) => remembered.set(key, JSON.stringify(record)),
  };
}

/** Tells computers apart by what changes the measures. 16 hexadecimal digits. */
function computerId(): string {
  const facts = [hostname(), process.platform, arch(), cpus()[0]?.model, cpus().length, totalmem()];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
