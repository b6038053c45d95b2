import type { Command } from 'commander';

import type { Backend, Output } from '../../contract/api.ts';
import { describeFailure } from '../../contract/errors.ts';
import type { Hardware } from '../../contract/model.ts';
import { runOnLibrary, type Cli } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../table.ts';

interface DoctorOptions {
  readonly measure?: boolean;
}

export function addDoctor(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description('check that everything Familiar needs is there and works')
    .option('--measure', 'measure again what can run the models, even where that is known')
    .addHelpText('after', '\nExamples:\n  familiar doctor\n  familiar doctor --json\n  familiar doctor --measure')
    .action((options: DoctorOptions, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const checks = await backend.request('doctor.run', {}, cli.signal);
        const hardware = await checkHardware(backend, cli, options.measure ?? false);
        const all = [...checks, hardware];
        const lines = table(all.map(({ ok, name, detail }) => [ok ? 'ok' : 'NO', name, detail]));
        return {
          json: all,
          text: hardware.hardware ? `${lines}\n\n${listed(hardware.hardware.backends)}` : lines,
          exitCode: all.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.failed,
        };
      }),
    );
}

/** One more line of the doctor's, with the whole list beside it for programs; absent where nothing can be measured. */
type HardwareCheck = Output<'doctor.run'>[number] & { readonly hardware?: Hardware };

async function checkHardware(backend: Backend, cli: Cli, again: boolean): Promise<HardwareCheck> {
  try {
    const hardware = await measureHardware(backend, cli, again);
    const title = hardware.backends.find(({ chosen }) => chosen)?.title ?? '';
    return { name: 'Hardware', ok: true, detail: `${title} runs the models`, hardware };
  } catch (error) {
    const { code, message } = describeFailure(error);
    if (code === 'cancelled') throw error;
    return { name: 'Hardware', ok: false, detail: message };
  }
}

/** What is known is shown: to measure takes up to a minute. */
async function measureHardware(backend: Backend, cli: Cli, again: boolean): Promise<Hardware> {
  const known = await backend.request('hardware.list', {}, cli.signal);
  const jobs = await backend.request('jobs.list', {}, cli.signal);
  const isBusy = jobs.some(({ state }) => state === 'running');
  if (!again && (known.measuredAt !== null || isBusy)) return known;
  cli.stderr.write('Measuring what can run the models …\n');
  return backend.request('hardware.probe', {}, cli.signal);
}

function listed(backends: Hardware['backends']): string {
  const head = ['', 'backend', 'faces/s', 'ms/photo', '1 − cosine', 'difference', 'why'];
  const rows = backends.map(({ chosen, title, device, facesPerSecond, detectMs, deviation, difference, reason }) => [
    chosen ? '*' : '',
    device === null ? title : `${title} (${device})`,
    facesPerSecond === null ? '–' : facesPerSecond.toFixed(1),
    detectMs === null ? '–' : detectMs.toFixed(1),
    deviation === null ? '–' : deviation.toExponential(1),
    difference === null ? '–' : difference.toExponential(1),
    reason,
  ]);
  return table([head, ...rows]);
}
