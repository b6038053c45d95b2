import type { EngineContext, Packs } from '../../context.ts';
import { librarySettings } from '../../db/library-settings.ts';
import { settings } from '../../settings.ts';
import { backends, defaultBackend, type BackendName } from './backends.ts';
import { chooseBackend, type Verdict } from './choose-backend.ts';
import { hardwareRecords, type HardwareRecord } from './hardware-record.ts';
import type { Probe } from './probe-backend.ts';

/** Which backend runs the models on this computer, as long as what was measured holds. */
export interface BackendChoice {
  /** What runs these packs. From now until `release` it counts as in use. */
  readonly use: (packs: Packs) => BackendName;
  /** The models are closed in good order. */
  readonly release: () => void;
  /** Takes new measures of these packs in place of the old. `forgive`: crashes so far count no more. */
  readonly take: (packs: Packs, probes: readonly Probe[], forgive: boolean) => void;
  /** Leaves a backend out until it is measured again. False where it was out already. */
  readonly refuse: (backend: BackendName, reason: string) => boolean;
  /** What was measured with these packs and what follows; null where nothing was. */
  readonly known: (packs: Packs) => (Verdict & Pick<HardwareRecord, 'probes' | 'measuredAt'>) | null;
  /** When a backend was seen to work with these packs (ms since 1970); null where it was not, or is in doubt since. */
  readonly provenAt: (backend: BackendName, packs: Packs) => number | null;
  /** Whether these packs should be measured before a backend is trusted with them. */
  readonly isOpen: (packs: Packs) => boolean;
}

/**
 * Keeps the choice in the library. A backend that was in use when the program ended without a word is not loaded
 * again before it has been tried in a process of its own, and left out after too many such ends.
 */
export function createBackendChoice({
  db,
  version,
  clock,
}: Pick<EngineContext, 'db' | 'version' | 'clock'>): BackendChoice {
  const records = hardwareRecords(librarySettings(db.sql));
  let record = records.read();
  let inDoubt: BackendName | null = null;

  const keep = (next: HardwareRecord): void => {
    record = next;
    db.write(() => records.write(next));
  };
  const fail = (backend: BackendName, problem: string, more: Partial<HardwareRecord> = {}): void => {
    if (!record) return;
    const probes = record.probes.map((probe) =>
      probe.backend === backend ? { backend, measures: null, problem } : probe,
    );
    keep({ ...record, ...more, probes });
  };
  const recordOf = (packs: Packs): HardwareRecord | null =>
    record?.version === version && record.packs === packsId(packs) ? record : null;
  const known: BackendChoice['known'] = (packs) => {
    const found = recordOf(packs);
    if (!found) return null;
    const { probes, measuredAt } = found;
    const verdict = chooseBackend(probes);
    if (inDoubt === null) return { ...verdict, probes, measuredAt };
    const doubt = 'Familiar ended unexpectedly while it was in use. It is tried again before it is used.';
    return { chosen: defaultBackend, reasons: new Map([...verdict.reasons, [inDoubt, doubt]]), probes, measuredAt };
  };

  if (record && record.inUse !== null) {
    const crashed = record.inUse;
    const crashes = record.crashes + 1;
    if (crashes < settings.backends.crashes) {
      inDoubt = crashed;
      keep({ ...record, inUse: null, crashes });
    } else {
      fail(crashed, `Familiar ended unexpectedly ${crashes} times while it was in use.`, { inUse: null, crashes });
    }
  }

  return {
    use: (packs) => {
      const backend = known(packs)?.chosen ?? defaultBackend;
      const inUse = backend === defaultBackend ? null : backend;
      if (record && record.inUse !== inUse) keep({ ...record, inUse });
      return backend;
    },
    release: () => {
      if (record && record.inUse !== null) keep({ ...record, inUse: null });
    },
    take: (packs, probes, forgive) => {
      const crashes = forgive ? 0 : (recordOf(packs)?.crashes ?? 0);
      const inUse = record?.inUse ?? null;
      inDoubt = null;
      keep({ version, packs: packsId(packs), measuredAt: clock(), probes: [...probes], inUse, crashes });
    },
    refuse: (backend, reason) => {
      if (!record?.probes.some((probe) => probe.backend === backend && probe.measures)) return false;
      fail(backend, `${backends[backend].title} stopped working: ${reason}`);
      return true;
    },
    known,
    provenAt: (backend, packs) => {
      const found = backend === inDoubt ? null : recordOf(packs);
      return found?.probes.some((probe) => probe.backend === backend && probe.measures) ? found.measuredAt : null;
    },
    isOpen: (packs) => inDoubt !== null || recordOf(packs) === null,
  };
}

function packsId({ detectorVersion, embeddingVersion }: Packs): string {
  return `${detectorVersion} ${embeddingVersion}`;
}
