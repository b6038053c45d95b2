import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runCommand } from '../../scripts/tensorflow/command.ts';
import { checkWheel, unpackWheel, wheelFor } from '../../scripts/tensorflow/wheel.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'familiar-tensorflow-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the choice of TensorFlow package', () => {
  it('is the small one without CUDA unless a GPU is asked for', () => {
    expect(wheelFor('linux', 'x64', false)).toMatchObject({
      project: 'tensorflow-cpu',
      platform: 'manylinux_2_27_x86_64',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(wheelFor('linux', 'x64', true).project).toBe('tensorflow');
    expect(wheelFor('linux', 'arm64', false)).toMatchObject({
      project: 'tensorflow',
      platform: 'manylinux_2_27_aarch64',
    });
  });

  it('says that Familiar works without it where there is none', () => {
    expect(() => wheelFor('win32', 'x64', false)).toThrow(/win32 \(x64\).*ONNX Runtime/);
    expect(() => wheelFor('linux', 'riscv64', false)).toThrow(/riscv64/);
  });
});

describe('a fetched TensorFlow package', () => {
  it('is refused and removed where its hash is not the published one', async () => {
    const file = join(dir, 'tensorflow_cpu.whl');
    writeFileSync(file, 'not the real thing');
    await expect(checkWheel(file, wheelFor('linux', 'x64', false))).rejects.toThrow(/SHA-256 differs.*removed/);
    expect(existsSync(file)).toBe(false);
  });

  it('is kept where its hash is right', async () => {
    const file = join(dir, 'a.whl');
    writeFileSync(file, 'abc');
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    await checkWheel(file, { ...wheelFor('linux', 'x64', false), sha256 });
    expect(existsSync(file)).toBe(true);
  });

  it('gives up its libraries and headers and nothing else', async () => {
    const wanted = ['tensorflow/include/c_api.h', 'tensorflow/libtensorflow_cc.so.2'];
    const tree = join(dir, 'tree');
    for (const name of [...wanted, 'tensorflow/python/huge.so']) {
      mkdirSync(join(tree, name, '..'), { recursive: true });
      writeFileSync(join(tree, name), name);
    }
    await runCommand('python3', ['-m', 'zipfile', '-c', join(dir, 'a.whl'), 'tensorflow'], { cwd: tree });
    await unpackWheel(join(dir, 'a.whl'), dir);
    for (const name of wanted) expect(readFileSync(join(dir, name), 'utf8')).toBe(name);
    expect(existsSync(join(dir, 'tensorflow/python'))).toBe(false);
  });
});

describe('a command of the set-up', () => {
  it('says what it printed last when it fails', async () => {
    const command = runCommand(process.execPath, ['-e', 'console.error("no space left"); process.exit(3)'], {
      cwd: dir,
    });
    await expect(command).rejects.toThrow(/code 3.*no space left/s);
  });

  it('is ended when it takes too long', async () => {
    const command = runCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      cwd: dir,
      limitSeconds: 0.3,
    });
    await expect(command).rejects.toThrow(/took too long/);
  });

  it('says which program is missing', async () => {
    await expect(runCommand('no-such-program', [], { cwd: dir })).rejects.toThrow(
      /no-such-program could not be started/,
    );
  });
});
