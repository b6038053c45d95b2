import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { runCommand } from './command.ts';

/** TensorFlow's Python package, whose shared library and headers are all that is wanted of it. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  /** The package is the same for every Python but in parts that are not used: one stands for all. */
  readonly python: string;
  readonly platform: string;
  /** Where it is known; the index gives pip another to check against. */
  readonly sha256?: string;
}

const version = '2.21.0';
const python = '3.11';
const pinned = {
  'tensorflow-cpu x64': '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
} as const;
const platforms: Readonly<Record<string, string>> = { x64: 'manylinux_2_27_x86_64', arm64: 'manylinux_2_27_aarch64' };

/**
 * Which package holds TensorFlow for this machine. With `gpu` it is the one that uses CUDA 12 and cuDNN 9, which
 * have to be on the machine. On Arm there is one package for both.
 * @throws {Error} where there is none: on Windows and macOS the library has another form
 */
export function wheelFor(platform: string, arch: string, gpu: boolean): Wheel {
  const tag = platforms[arch];
  if (platform !== 'linux' || !tag) {
    throw new Error(
      `There is no other way to native TensorFlow on ${platform} (${arch}). ` +
        'Familiar works without it, on ONNX Runtime; nothing needs to be done.',
    );
  }
  const project = gpu || arch !== 'x64' ? 'tensorflow' : 'tensorflow-cpu';
  const wheel = { project, version, python, platform: tag };
  return project === 'tensorflow-cpu' ? { ...wheel, sha256: pinned['tensorflow-cpu x64'] } : wheel;
}

/**
 * Has pip fetch the package into `dir` and gives its path. About 270 MB.
 * @throws {Error} where pip is missing, finds nothing, or what it fetched is not what was asked for
 */
export async function fetchWheel(wheel: Wheel, dir: string): Promise<string> {
  const { project, platform } = wheel;
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--retries', '2'];
  const choice = ['--python-version', wheel.python, '--platform', platform, `${project}==${wheel.version}`];
  try {
    await runCommand('python3', [...pip, '--dest', dir, ...choice], { cwd: dir });
  } catch (error) {
    throw new Error(
      `pip could not fetch ${project} ${wheel.version}. Install Python 3 with pip, check the network and the proxy, ` +
        `or fetch that package elsewhere and give it with --wheel. ${messageOf(error)}`,
      { cause: error },
    );
  }
  const name = (await readdir(dir)).find((file) => file.endsWith('.whl'));
  if (!name) throw new Error(`pip left no package of ${project} in ${dir}. Run it again.`);
  const file = join(dir, name);
  await checkWheel(file, wheel);
  return file;
}

/**
 * Checks a package against the hash that is known for it; one that differs is removed.
 * @throws {Error} where it differs
 */
export async function checkWheel(file: string, { sha256, project, version: wanted }: Wheel): Promise<void> {
  if (sha256 === undefined) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') === sha256) return;
  await rm(file);
  throw new Error(
    `${basename(file)} is not ${project} ${wanted} as it was published: its SHA-256 differs. ` +
      'It has been removed; run it again, and ask who runs your package index if that does not help.',
  );
}

/** Unpacks the two shared libraries (850 MB) and the headers into `dir`, and nothing else. */
export async function unpackWheel(file: string, dir: string): Promise<void> {
  const script = [
    'import sys, zipfile',
    'wheel = zipfile.ZipFile(sys.argv[1])',
    'wanted = ("tensorflow/include/", "tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")',
    'wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])',
  ];
  await runCommand('python3', ['-c', script.join('\n'), file, dir], { cwd: dir });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
