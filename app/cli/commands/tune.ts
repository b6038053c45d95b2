import { InvalidArgumentError, Option, type Command } from 'commander';

import type { Input, Output } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import { HeadId } from '../../contract/ids.ts';
import { TrainingSettings, type HeadVersion } from '../../contract/tuning.ts';
import { runOnLibrary, type Cli, type Outcome } from '../cli.ts';
import { followTuning } from '../follow-tuning.ts';
import type { OpenLibrary } from '../open-library.ts';
import { count, table } from '../table.ts';

type Settings = Input<'tune.start'>['settings'];

interface TuneOptions {
  readonly status?: true;
  readonly use?: HeadId | 'none';
  readonly decline?: HeadId;
  readonly automatic?: 'on' | 'off';
  readonly set?: Settings;
}

export function addTune(program: Command, cli: Cli): void {
  program
    .command('tune')
    .description('learn from the people you named, and see whether it tells them apart better')
    .option('--status', 'what has been learnt, and what a run would learn from')
    .option('--use <version>', 'compare faces by this version from now on; none: by the model alone', parseVersion)
    .option('--decline <version>', 'you do not want this version', parseHead)
    .addOption(
      new Option('--automatic <on|off>', 'whether it learns by itself when enough is new').choices(['on', 'off']),
    )
    .option('--set <name=value…>', `one of ${Object.keys(TrainingSettings.shape).join(', ')}`, addSetting)
    .addHelpText('after', help)
    .action((options: TuneOptions, command: Command) => {
      const { status, use, decline, automatic, set } = options;
      if ([status, use, decline, automatic, set].filter((option) => option !== undefined).length > 1)
        command.error('error: give one of --status, --use, --decline, --automatic and --set');
      return runOnLibrary(cli, command, (library) => run(library, options, cli));
    });
}

const help = `
Without an option it learns, checks the outcome on photos kept aside, and says
what came of it. Nothing changes until you use the version, and you can go back
at any time. Names and corrections stay as they are.

Examples:
  familiar tune
  familiar tune --set margin=0.3 --set steps=600
  familiar tune --use 4
  familiar tune --use none
  familiar tune --automatic off`;

async function run(library: OpenLibrary, options: TuneOptions, cli: Cli): Promise<Outcome> {
  const { backend } = library;
  const { status, use, decline, automatic, set = {} } = options;
  if (automatic !== undefined) {
    await backend.request('tune.automatic', { on: automatic === 'on' });
    const text = automatic === 'on' ? 'It learns by itself when enough is new.' : 'It learns only when you ask it to.';
    return { json: await backend.request('tune.state', {}), text };
  }
  if (decline !== undefined) {
    await backend.request('tune.decline', { head: decline });
    return { json: await backend.request('tune.state', {}), text: `Version ${decline} is declined.` };
  }
  if (use !== undefined) {
    await backend.request('tune.use', { head: use === 'none' ? null : use });
    const state = await followTuning(backend, cli);
    const how = use === 'none' ? 'by the model alone' : `by version ${use}`;
    return { json: state, text: `Faces are compared ${how}, and grouped anew.` };
  }
  if (status) {
    const state = await backend.request('tune.state', {});
    return { json: state, text: describeState(state) };
  }
  const before = await backend.request('tune.state', {});
  await backend.request('tune.start', { settings: set });
  const state = await followTuning(backend, cli);
  const [head] = state.heads;
  if (state.problem !== null) throw new Failure('model-failed', state.problem);
  if (!head || head.id === before.heads[0]?.id) throw new Failure('cancelled', 'learning was cancelled');
  return { json: head, text: describeHead(head) };
}

function describeState({ material, automatic, heads, problem, run: now }: Output<'tune.state'>): string {
  const lines = [
    `${count(material.people, 'person', 'people')} with ${count(material.faces, 'face')} to learn from, ${material.fresh} new since the last time.`,
    automatic ? 'It learns by itself when enough is new.' : 'It learns only when you ask it to.',
    ...(now ? [`It is at work: ${now.state}, step ${now.step} of ${now.steps}.`] : []),
    ...[material.lacking, problem].filter((words) => words !== null),
  ];
  const rows = heads.map((head) => [
    `${head.id}${head.active ? ' *' : ''}`,
    head.state,
    new Date(head.at).toISOString().slice(0, 10),
    head.embedder,
    head.reason,
  ]);
  return [...lines, ...(rows.length > 0 ? ['', table([['version', 'state', 'date', 'model', ''], ...rows])] : [])].join(
    '\n',
  );
}

function describeHead(head: HeadVersion): string {
  const percent = (share: number | null): string => (share === null ? 'not measured' : `${(100 * share).toFixed(1)} %`);
  const row = (name: string, key: keyof HeadVersion['before']): string[] => [
    name,
    percent(head.before[key]),
    percent(head.after[key]),
  ];
  const { people, faces, guessed, strangers } = head.data;
  const next = head.state === 'waiting' ? `Use it: familiar tune --use ${head.id}` : 'Nothing changes.';
  return [
    `Learnt from ${count(faces, 'face')} of ${count(people, 'person', 'people')}, ${guessed} of guessed people and ${strangers} of strangers.`,
    ...head.remedies,
    head.reason,
    table([
      ['recognised, of photos kept aside', 'before', 'after'],
      row('people it knew', 'known'),
      row('people it had not seen', 'unseen'),
      row('everybody', 'everybody'),
      row('groups that are right (F1)', 'f1'),
    ]),
    next,
  ].join('\n');
}

function parseHead(text: string): HeadId {
  const parsed = HeadId.safeParse(Number(text));
  if (!parsed.success) throw new InvalidArgumentError('A version is a number: see familiar tune --status.');
  return parsed.data;
}

function parseVersion(text: string): HeadId | 'none' {
  return text === 'none' ? text : parseHead(text);
}

function addSetting(text: string, former: NonNullable<Settings> = {}): NonNullable<Settings> {
  const [name = '', value = ''] = text.split('=');
  const parsed = TrainingSettings.partial()
    .strict()
    .safeParse({ [name]: name === 'mining' ? value : Number(value) });
  if (!parsed.success) throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? 'It is not understood.');
  return { ...former, ...parsed.data };
}
