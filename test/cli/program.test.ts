import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';

import type { Cli } from '../../app/cli/cli.ts';
import { createProgram } from '../../app/cli/program.ts';
import { findInstallation } from '../../app/workers/installation.ts';

/** Parses a command line that touches no library and gives what was printed and how the parser ended. */
async function parse(...args: string[]): Promise<{ out: string; exitCode: number | undefined }> {
  let out = '';
  const write = (text: string | Uint8Array): boolean => {
    out += String(text);
    return true;
  };
  const cli: Cli = {
    installation: findInstallation(import.meta.dirname),
    env: {},
    cwd: '/',
    stdout: { write },
    stderr: { write, isTTY: false, columns: 80 },
    signal: new AbortController().signal,
    exit: () => undefined,
  };
  try {
    await createProgram(cli).parseAsync(args, { from: 'user' });
    return { out, exitCode: undefined };
  } catch (error) {
    if (error instanceof CommanderError) return { out, exitCode: error.exitCode };
    throw error;
  }
}

const commands = [
  'scan',
  'people',
  'faces',
  'name',
  'merge',
  'undo',
  'redo',
  'search',
  'evaluate',
  'tune',
  'calibrate',
  'doctor',
  'serve',
] as const;

describe('the command line', () => {
  it('lists its commands and its exit codes', async () => {
    const { out, exitCode } = await parse('--help');
    for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(out).toContain('Exit codes:');
    expect(exitCode).toBe(0);
  });

  it.each(commands)('has help with examples for %s', async (command) => {
    const { out, exitCode } = await parse(command, '--help');
    expect(out).toContain('Examples:');
    expect(out).toContain('--library <dir>');
    expect(exitCode).toBe(0);
  });

  it.each([
    [['scan']],
    [['sing']],
    [['people', '--loud']],
    [['name', '1']],
    [['merge', '1']],
    [['evaluate']],
    [['people', '--library']],
    [['evaluate', '--lfw', 'a']],
    [['evaluate', '--library', '--pairs', 'a']],
    [['evaluate', '--library', '--report', 'a.pdf']],
    [['calibrate', '--preview', '1']],
    [['calibrate', '--preview', '0.8', 'x']],
    [['calibrate', '--preview', '0.8', '3']],
    [['calibrate', '--apply', '--reset']],
    [['evaluate', '--lfw', 'a', '--pairs', 'b', '--dir', 'c']],
    [['tune', '--use', 'x']],
    [['tune', '--decline', 'none']],
    [['tune', '--automatic', 'maybe']],
    [['tune', '--set', 'margin=a']],
    [['tune', '--set', 'colour=1']],
    [['tune', '--status', '--use', 'none']],
    [['serve', '--port', 'x']],
    [['serve', '--port', '65536']],
  ])('refuses %j', async (args) => {
    const { out, exitCode } = await parse(...args);
    expect(exitCode).toBe(1);
    expect(out).toContain('error:');
  });
});
