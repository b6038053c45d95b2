import type { Output } from '../../../contract/api.ts';
import { describeFailure, Failure } from '../../../contract/errors.ts';
import type { EngineContext, Subject } from '../../context.ts';
import { jobTable } from '../../db/jobs.ts';
import { settings } from '../../settings.ts';
import type { ModelOptions } from '../start-models.ts';
import type { BackendChoice } from './backend-choice.ts';
import { backends, defaultBackend, type BackendName } from './backends.ts';
import { backendsOf, measureBackends } from './measure-backends.ts';
import type { Probe } from './probe-backend.ts';

export interface Hardware extends Subject<'hardware.list' | 'hardware.probe'> {
  /** A backend did not start or run after all: the models go on without it. */
  readonly refuse: (backend: BackendName, reason: string) => void;
  /** No import runs any more: a good time to measure, if that is still to be done and nothing else begins. */
  readonly idle: () => void;
}

export interface HardwareOptions extends Pick<ModelOptions, 'packDir' | 'userPackDir' | 'spawn' | 'threads'> {
  readonly choice: BackendChoice;
  /** Name of the active embedder. */
  readonly embedder: () => string;
  /** Loads the models anew, on what is chosen now. */
  readonly reload: () => void;
}

/** What can run the models on this computer: shown, and measured on request or when nothing else is to do. */
export function createHardware(context: EngineContext, options: HardwareOptions): Hardware {
  const { choice, reload, spawn, packDir, userPackDir, threads } = options;
  const jobs = jobTable(context.db.sql);
  let measuring: { readonly done: Promise<void>; readonly probes: Map<BackendName, Probe> } | undefined;
  let quiet: NodeJS.Timeout | undefined;

  const isBusy = (): boolean => jobs.active()?.state === 'running';

  /** `asked`: by the user, who thereby forgives earlier crashes. Unasked, it gives way to a job that begins. */
  const run = async (asked: boolean, probes: Map<BackendName, Probe>): Promise<void> => {
    const packs = context.packs();
    const before = choice.known(packs)?.chosen ?? defaultBackend;
    const giveWay = new AbortController();
    const signal = AbortSignal.any([context.closing, giveWay.signal]);
    const input = { packDir, ...(userPackDir && { userPackDir }), threads, embedder: options.embedder() };
    const measured = await measureBackends(spawn, input, signal, (probe) => {
      probes.set(probe.backend, probe);
      context.changed('hardware');
      if (!asked && isBusy()) giveWay.abort();
    });
    choice.take(packs, measured, asked);
    if ((choice.known(packs)?.chosen ?? defaultBackend) !== before) reload();
  };
  const measure = (asked: boolean): Promise<void> => {
    if (measuring) return measuring.done;
    const probes = new Map<BackendName, Probe>();
    const done = run(asked, probes).finally(() => {
      measuring = undefined;
      context.changed('hardware');
    });
    measuring = { done, probes };
    context.changed('hardware');
    return done;
  };
  const measureUnasked = (): void => {
    if (context.closing.aborted || isBusy() || !choice.isOpen(context.packs())) return;
    measure(false).catch((error: unknown) => {
      if (describeFailure(error).code !== 'cancelled') context.report('hardware', error);
    });
  };

  const list = (): Output<'hardware.list'> => listBackends(choice.known(context.packs()), measuring?.probes);
  return {
    refuse: (backend, reason) => {
      if (!choice.refuse(backend, reason)) return;
      const { title } = backends[backend];
      const message = `${title} stopped working, so ${backends[defaultBackend].title} runs the models now: ${reason}`;
      context.emit('notice', { message });
      context.changed('hardware');
      reload();
    },
    idle: () => {
      clearTimeout(quiet);
      quiet = setTimeout(measureUnasked, settings.backends.quietMs);
      quiet.unref();
    },
    handlers: {
      'hardware.list': list,
      'hardware.probe': async () => {
        if (isBusy()) {
          throw new Failure('bad-request', 'Photos are being read just now. Measure again when that is done.');
        }
        await measure(true);
        return list();
      },
    },
    close: async () => {
      clearTimeout(quiet);
      await measuring?.done.catch(() => undefined);
      choice.release();
    },
  };
}

/** `probes`: those that are done of a measurement that is under way. */
function listBackends(
  known: ReturnType<BackendChoice['known']>,
  probes: ReadonlyMap<BackendName, Probe> | undefined,
): Output<'hardware.list'> {
  const chosen = known?.chosen ?? defaultBackend;
  return {
    measuredAt: known?.measuredAt ?? null,
    measuring: probes !== undefined,
    backends: backendsOf(process.platform).map((name) => {
      const probe = probes?.get(name) ?? known?.probes.find(({ backend }) => backend === name);
      const {
        device = null,
        facesPerSecond = null,
        detectMs = null,
        deviation = null,
        difference = null,
      } = probe?.measures ?? {};
      const unmeasured = name === chosen ? 'Serves until the others are measured.' : 'Not measured yet.';
      return {
        ...{ name, title: backends[name].title, chosen: name === chosen },
        ...{ device, facesPerSecond, detectMs, deviation, difference },
        reason: probes ? (probe?.problem ?? '') : (known?.reasons.get(name) ?? unmeasured),
      };
    }),
  };
}
