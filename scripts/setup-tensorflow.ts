/**
 * Makes native TensorFlow loadable: `npm run setup:tensorflow [-- --gpu] [-- --force] [-- --wheel FILE]`.
 *
 * TensorFlow.js publishes a library for its binding; where that cannot be fetched, the one in TensorFlow's Python
 * package serves, which is also newer. A library that loads is left alone, unless `--force` is given.
 * With `--gpu` the library is one that uses CUDA: 11.2 for the published one, 12 for the Python package's.
 */
import { parseArgs } from 'node:util';

import { bindingDir, checkBinding, installFromWheel, installOfficial } from './tensorflow/binding.ts';

const { values: options } = parseArgs({
  options: { gpu: { type: 'boolean' }, force: { type: 'boolean' }, wheel: { type: 'string' } },
});

await main();

async function main(): Promise<void> {
  try {
    const there = !options.force && (await loads());
    if (!there) await install();
    say(there ? 'native TensorFlow is there and works.' : 'native TensorFlow works.');
  } catch (error) {
    say(`could not be set up. ${messageOf(error)}`);
    say('Familiar works without it, on ONNX Runtime.');
    process.exitCode = 1;
  }
}

async function install(): Promise<void> {
  const dir = bindingDir();
  const gpu = options.gpu ?? false;
  if (!options.wheel) {
    try {
      say('fetching the published library …');
      await installOfficial(dir, gpu);
      await checkBinding();
      return;
    } catch (error) {
      say(`that did not work: ${messageOf(error)}`);
    }
  }
  await installFromWheel(dir, { gpu, wheelFile: options.wheel }, say);
  await checkBinding();
}

async function loads(): Promise<boolean> {
  try {
    await checkBinding();
    return true;
  } catch (error) {
    say(`native TensorFlow does not load yet (${messageOf(error).split('\n')[0] ?? ''})`);
    return false;
  }
}

function say(text: string): void {
  console.info(`TensorFlow: ${text}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
