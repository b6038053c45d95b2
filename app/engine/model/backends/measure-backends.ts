import type { Spawn } from '../../../workers/spawn.ts';
import { settings } from '../../settings.ts';
import { backendNames, backends, defaultBackend, type BackendName } from './backends.ts';
import { chooseBackend, photoMs } from './choose-backend.ts';
import { probeBackend, type Probe } from './probe-backend.ts';
import type { ProbeInput } from './probe-service.ts';

/** Those that this system might have. */
export function backendsOf(platform: NodeJS.Platform): readonly BackendName[] {
  return backendNames.filter((name) => backends[name].platforms.includes(platform));
}

/**
 * Tries every backend that this system might have, one after the other. One that would take the default's place has
 * to win a second time: the computer may just have been busy while the default was measured.
 * @param onProbe hears of each as it is done
 * @throws {Failure} `cancelled`
 */
export async function measureBackends(
  spawn: Spawn,
  input: Omit<ProbeInput, 'backend'>,
  signal: AbortSignal,
  onProbe: (probe: Probe) => void,
): Promise<readonly Probe[]> {
  const probes = new Map<BackendName, Probe>();
  const measure = async (backend: BackendName): Promise<void> => {
    const { patienceMs } = settings.backends;
    const probe = better(probes.get(backend), await probeBackend(spawn, { ...input, backend }, { patienceMs, signal }));
    probes.set(backend, probe);
    onProbe(probe);
  };
  for (const backend of backendsOf(process.platform)) await measure(backend);
  const { chosen } = chooseBackend([...probes.values()]);
  if (chosen !== defaultBackend) {
    await measure(defaultBackend);
    await measure(chosen);
  }
  return [...probes.values()];
}

/** The faster of two tries of one backend; one that failed counts for both. */
function better(before: Probe | undefined, now: Probe): Probe {
  if (!before?.measures || !now.measures) return now;
  return photoMs(before.measures) <= photoMs(now.measures) ? before : now;
}
