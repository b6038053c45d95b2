import { copyFile, mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

import { runCommand } from './command.ts';
import { fetchWheel, unpackWheel, wheelFor } from './wheel.ts';

const root = join(import.meta.dirname, '../..');
/** Minutes of a slow network for 100 MB (400 MB with CUDA); a host that cannot be reached fails at once. */
const officialLimitSeconds = 300;
/** N-API version of the binding: what every Node since 16 offers, and the newest that tfjs-node-gpu knows. */
const napiVersion = 8;

/**
 * Where @tensorflow/tfjs-node-gpu is installed.
 * @throws {Error} where it is not
 */
export function bindingDir(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'));
  } catch (error) {
    throw new Error('@tensorflow/tfjs-node-gpu is not installed. Run `npm install`, then this again.', {
      cause: error,
    });
  }
}

/**
 * Loads the binding in a process of its own and multiplies two matrices.
 * @throws {Error} with what went wrong
 */
export async function checkBinding(): Promise<void> {
  const backend = JSON.stringify(join(root, 'app/engine/model/engines/tfjs/backend.ts'));
  const script = `
    try {
      const { loadBackend } = await import(${backend});
      const tf = await loadBackend('native');
      const product = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync();
      if (product.some((value) => value !== 3)) throw new Error('it multiplies wrongly');
    } catch (error) {
      console.error(error.message);
      process.exit(1);
    }`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  await runCommand(process.execPath, args, { cwd: root, limitSeconds: 120 });
}

/** The package's own way: a prebuilt library and binding from where TensorFlow.js publishes them. */
export async function installOfficial(dir: string, gpu: boolean): Promise<void> {
  await runCommand(process.execPath, ['scripts/install.js', gpu ? 'gpu' : 'cpu', 'download'], {
    cwd: dir,
    env: withLocalTools(),
    limitSeconds: officialLimitSeconds,
  });
}

/**
 * The library out of TensorFlow's Python package, and the binding compiled against it. `wheelFile`: a package that
 * is there already. What is half done when it fails is removed.
 */
export async function installFromWheel(
  dir: string,
  options: { readonly gpu: boolean; readonly wheelFile?: string | undefined },
  report: (step: string) => void,
): Promise<void> {
  await sweep(dir);
  const scratch = await mkdtemp(join(dir, 'setup-'));
  try {
    const wheel = wheelFor(process.platform, process.arch, options.gpu);
    if (!options.wheelFile) report(`fetching ${wheel.project} ${wheel.version} (about 270 MB) …`);
    const file = options.wheelFile ?? (await fetchWheel(wheel, scratch));
    report('unpacking the library …');
    await unpackWheel(file, scratch);
    await placeLibrary(join(scratch, 'tensorflow'), join(dir, 'deps'));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  report('compiling the binding …');
  await compileBinding(dir);
}

/** Removes what a run that was killed left behind. */
async function sweep(dir: string): Promise<void> {
  const left = (await readdir(dir)).filter((name) => name.startsWith('setup-'));
  for (const name of left) await rm(join(dir, name), { recursive: true });
}

/** Lays the library out as the binding's build expects it, under the names that it links to. */
async function placeLibrary(from: string, deps: string): Promise<void> {
  await rm(deps, { recursive: true, force: true });
  const lib = join(deps, 'lib');
  await mkdir(lib, { recursive: true });
  await rename(join(from, 'include'), join(deps, 'include'));
  for (const [file, link] of [
    ['libtensorflow_cc.so.2', 'libtensorflow.so'],
    ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  ] as const) {
    await rename(join(from, file), join(lib, file));
    await symlink(file, join(lib, link));
  }
}

async function compileBinding(dir: string): Promise<void> {
  const moduleDir = join(dir, `lib/napi-v${napiVersion}`);
  const variables = { napi_version: napiVersion, napi_build_version: napiVersion, module_name: 'tfjs_binding' };
  const args = Object.entries({ ...variables, module_path: moduleDir }).map(([key, value]) => `--${key}=${value}`);
  try {
    await runCommand('node-gyp', ['rebuild', ...args], { cwd: dir, env: withLocalTools() });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      'The binding could not be compiled. It needs a C++ compiler, make and Python 3 ' +
        `(on Debian: apt-get install build-essential python3). ${why}`,
      { cause: error },
    );
  }
  await mkdir(moduleDir, { recursive: true });
  await copyFile(join(dir, 'build/Release/tfjs_binding.node'), join(moduleDir, 'tfjs_binding.node'));
  await rm(join(dir, 'build'), { recursive: true, force: true });
}

/** The installed packages bring node-gyp and node-pre-gyp along. */
function withLocalTools(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter) };
}
