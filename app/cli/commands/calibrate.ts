import type { Command } from 'commander';

import type { Backend } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import { GroupingDistances, type Calibration, type ThresholdPreview } from '../../contract/measures.ts';
import { run, onLibrary, type Cli, type Outcome } from '../cli.ts';
import { percent } from '../report/measures-table.ts';
import { count, table } from '../table.ts';

interface CalibrateOptions {
  readonly preview?: readonly string[];
  readonly apply?: readonly string[] | true;
  readonly reset?: true;
}

export function addCalibrate(program: Command, cli: Cli): void {
  program
    .command('calibrate')
    .description('show and change the distances that faces are grouped by, fitted to what you said')
    .option('--preview <distances...>', 'what grouping by eps and acceptance would give; changes nothing')
    .option('--apply [distances...]', 'group by these from now on; by those suggested where none are given')
    .option('--reset', 'group by the distances of the model again')
    .addHelpText(
      'after',
      `
eps: how near two faces have to be to join a group; acceptance: how far apart two
parts of a group may be on the average. Both are L2 between unit vectors, 0 to 2.

Examples:
  familiar calibrate
  familiar calibrate --preview 0.9 1.05
  familiar calibrate --apply 0.9 1.05
  familiar calibrate --reset`,
    )
    .action((options: CalibrateOptions, command: Command) =>
      run(cli, command, async () => {
        const { preview, apply, reset } = options;
        if ([preview, apply, reset].filter((given) => given !== undefined).length > 1) {
          return command.error('error: give one of --preview, --apply and --reset');
        }
        const given = preview ?? (apply === true ? undefined : apply);
        const distances = given && readDistances(given);
        if (given && !distances) return command.error('error: two distances are wanted, eps and acceptance: 0.9 1.05');
        return onLibrary(cli, command, ({ backend }) => {
          if (preview && distances) return showPreview(backend, distances, cli.signal);
          if (apply !== undefined) return applyDistances(backend, distances, cli.signal);
          return showCalibration(backend, reset === true, cli.signal);
        });
      }),
    );
}

function readDistances(given: readonly string[]): GroupingDistances | undefined {
  const [eps, acceptance, ...more] = given.map(Number);
  return more.length > 0 ? undefined : GroupingDistances.safeParse({ eps, acceptance }).data;
}

async function showCalibration(backend: Backend, reset: boolean, signal: AbortSignal): Promise<Outcome> {
  if (reset) await backend.request('insights.calibrate', { distances: null }, signal);
  const calibration = await backend.request('insights.calibration', {}, signal);
  return { json: calibration, text: describe(calibration) };
}

async function showPreview(backend: Backend, distances: GroupingDistances, signal: AbortSignal): Promise<Outcome> {
  const preview = await backend.request('insights.preview', distances, signal);
  return { json: preview, text: describePreview(preview) };
}

/** What it does is said along with it. */
async function applyDistances(
  backend: Backend,
  given: GroupingDistances | undefined,
  signal: AbortSignal,
): Promise<Outcome> {
  const distances = given ?? (await suggested(backend, signal));
  const preview = await backend.request('insights.preview', distances, signal);
  await backend.request('insights.calibrate', { distances }, signal);
  const calibration = await backend.request('insights.calibration', {}, signal);
  return { json: { ...calibration, preview }, text: `${describePreview(preview)}\n\n${describe(calibration)}` };
}

async function suggested(backend: Backend, signal: AbortSignal): Promise<GroupingDistances> {
  const { suggested: distances, basis } = await backend.request('insights.calibration', {}, signal);
  if (!distances) throw new Failure('bad-request', `no distances are suggested. ${basis}`);
  return distances;
}

function describe({ current, standard, suggested: better, basis }: Calibration): string {
  const row = (name: string, { eps, acceptance }: GroupingDistances): string[] => [
    name,
    eps.toFixed(4),
    acceptance.toFixed(4),
  ];
  const rows = [['', 'eps', 'acceptance'], row('in force', current), row('of the model', standard)];
  return `${table(better ? [...rows, row('suggested', better)] : rows)}\n${basis}`;
}

function describePreview(preview: ThresholdPreview): string {
  const { groups, alone, doubtful, moved, peopleTouched, merged, bcubed } = preview;
  const { falsePairs, falsePairsLow, falsePairsHigh } = preview;
  const whole = (pairs: number | null): string => (pairs ?? 0).toFixed(0);
  return table([
    ['groups', `${count(groups, 'group')}, ${count(alone, 'face')} alone, ${doubtful} doubtful`],
    ['named people', `${count(moved, 'face')} would move, of ${count(peopleTouched, 'person', 'people')}`],
    ['mixed without your word', count(merged, 'person', 'people')],
    [
      'expected false pairs',
      falsePairs === null
        ? 'too few labels to tell'
        : `${whole(falsePairs)} (95 %: ${whole(falsePairsLow)} to ${whole(falsePairsHigh)})`,
    ],
    ['B-cubed F1 by your labels', bcubed ? percent(bcubed.f1) : 'too few labels to tell'],
  ]);
}
