import { resolve } from 'node:path';

import type { Command } from 'commander';

import type { Input } from '../../contract/api.ts';
import type { ModelPack } from '../../contract/model.ts';
import { runOnLibrary, type Cli } from '../cli.ts';
import { followJob } from '../follow-job.ts';
import { showDownload } from '../show-download.ts';
import { table } from '../table.ts';

export function addModels(program: Command, cli: Cli): void {
  const models = program
    .command('models')
    .description('list, fetch, change and import face models')
    .addHelpText('after', examples);
  models
    .command('list', { isDefault: true })
    .description('list the models that are installed or can be had')
    .action((_options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const packs = await backend.request('models.list', {});
        return { json: packs, text: table(packs.map(rowOf)) };
      }),
    );
  models
    .command('add')
    .description('fetch and install a model')
    .argument('<name>')
    .option('--from <url>', 'another address of its files: a mirror')
    .action((name: string, { from }: { from?: string }, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const { licence, bytes, installed } = await packOf(backend.request('models.list', {}), name);
        if (!installed) cli.stderr.write(`${name}: licence ${licence}; fetches ${megabytes(bytes)}\n`);
        const end = showDownload(backend, cli.stderr);
        try {
          const pack = await backend.request('models.add', from === undefined ? { name } : { name, from }, cli.signal);
          return { json: pack, text: `${name} is installed.` };
        } finally {
          end();
        }
      }),
    );
  models
    .command('remove')
    .description('remove a model that was added')
    .argument('<name>')
    .action((name: string, _options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        await backend.request('models.remove', { name });
        return { json: {}, text: `${name} is removed.` };
      }),
    );
  models
    .command('use')
    .description('tell people apart with another model; names and corrections stay')
    .argument('<name>')
    .action((name: string, _options: object, command: Command) =>
      runOnLibrary(cli, command, async (library) => {
        const { job } = await library.backend.request('models.use', { name });
        if (job !== null) await followJob(library.backend, job, cli);
        return { json: { name, job }, text: `The library uses ${name}.` };
      }),
    );
  addImport(models, cli);
}

interface ImportOptions {
  readonly name: string;
  readonly role: 'embedder';
  readonly template: string;
  readonly mean: string;
  readonly scale: string;
  readonly threshold: string;
  readonly bgr?: boolean;
  readonly title?: string;
  readonly licence?: string;
  readonly dimensions?: string;
}

function addImport(models: Command, cli: Cli): void {
  models
    .command('import')
    .description('make a model of an ONNX file that takes aligned faces')
    .argument('<file>')
    .requiredOption('--name <name>', 'what to call it: small letters, digits and hyphens')
    .requiredOption('--role <role>', 'embedder')
    .requiredOption('--template <name>', 'alignment: arcface-112, facenet-160 or dlib-150')
    .option('--mean <numbers>', 'pixel = (value − mean) / scale; one number, or three as r,g,b', '127.5')
    .option('--scale <number>', 'see --mean', '128')
    .option('--bgr', 'the model takes blue first')
    .option('--dimensions <number>', 'refuse the model if its vectors are not so long')
    .option('--threshold <distance>', 'L2 between unit vectors under which two faces are one person', '1')
    .option('--title <text>', 'a longer name')
    .option('--licence <text>', 'what the model may be used for')
    .action((file: string, options: ImportOptions, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const pack = await backend.request('models.import', importInput(file, options), cli.signal);
        return { json: pack, text: `${pack.name} is installed: familiar models use ${pack.name}` };
      }),
    );
}

function importInput(file: string, options: ImportOptions): Input<'models.import'> {
  const { name, role, template, mean, scale, threshold, bgr, title, licence, dimensions } = options;
  return {
    file: resolve(file),
    name,
    role,
    template,
    colour: bgr ? 'bgr' : 'rgb',
    mean: mean.split(',').map(Number),
    scale: Number(scale),
    pair: Number(threshold),
    ...(title === undefined ? {} : { title }),
    ...(licence === undefined ? {} : { licence }),
    ...(dimensions === undefined ? {} : { dimensions: Number(dimensions) }),
  };
}

async function packOf(
  listed: Promise<ModelPack[]>,
  name: string,
): Promise<Pick<ModelPack, 'licence' | 'bytes' | 'installed'>> {
  // A name that is not known is refused by the request that follows.
  return (await listed).find((pack) => pack.name === name) ?? { licence: 'unknown', bytes: 0, installed: true };
}

function rowOf(pack: ModelPack): string[] {
  const state = pack.active ? 'in use' : pack.next ? 'changing to it' : pack.installed ? 'installed' : 'to be had';
  return [pack.name, pack.role, state, megabytes(pack.bytes), pack.licence, pack.measured ?? ''];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

const examples = `
Names, corrections and people stay when the model is changed: every face is looked at again, from the picture that
is kept of it.

Examples:
  familiar models
  familiar models add facenet
  familiar models use facenet
  familiar models import mine.onnx --role embedder --name mine --template arcface-112 --mean 127.5 --scale 128`;
