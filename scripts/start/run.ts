import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { userDirectory } from '../../app/cli/user-directory.ts';
import { defaultLibrary } from '../../app/workers/default-library.ts';
import { findInstallation, type Installation } from '../../app/workers/installation.ts';
import { buildPart, desktopPart, pagePart } from './build-parts.ts';
import { findElectron, installedElectron } from './electron-binary.ts';
import { runNode } from './run-node.ts';
import { startBrowser } from './start-browser.ts';
import { missingForDesktop, startDesktop } from './start-desktop.ts';

const usage = `npm start -- [--library DIR] [--browser] [--no-open] [--port NUMBER] [DIR…]
  --library DIR   the library to open; else FAMILIAR_LIBRARY, else your data folder
  --browser       show the app in the browser even where Electron is installed
  --no-open       only print the address
  --port NUMBER   port for the browser; any free one if not given
  DIR…            folders and photos to import`;

interface StartArguments {
  readonly library: string;
  readonly paths: string[];
  readonly browser: boolean;
  readonly open: boolean;
  readonly port: number;
}

function readArguments(installation: Installation): StartArguments {
  const { values, positionals } = parseArgs({
    options: {
      library: { type: 'string' },
      browser: { type: 'boolean', default: false },
      open: { type: 'boolean', default: true },
      port: { type: 'string', default: '0' },
    },
    allowPositionals: true,
    allowNegative: true,
  });
  const cwd = userDirectory(process.cwd(), process.env, installation);
  return {
    library: resolve(cwd, values.library ?? defaultLibrary(process.env)),
    paths: positionals.map((path) => resolve(cwd, path)),
    browser: values.browser,
    open: values.open,
    port: Number(values.port),
  };
}

/** Opens the window and waits for its end; otherwise says why there is none. */
async function tryDesktop(root: string, { library, paths }: StartArguments): Promise<string | null> {
  const missing = missingForDesktop(process.env);
  if (missing) return `Electron ${installedElectron(root) ? 'is installed but' : 'is not installed and'} ${missing}`;
  const electron = await findElectron(root);
  if (!electron) return "Electron's binary is not installed and could not be fetched";
  await buildPart(root, desktopPart);
  const started = await startDesktop(electron, root, ['--library', library, ...paths]);
  return started ? null : 'Electron could not start';
}

async function start(): Promise<void> {
  const installation = findInstallation(import.meta.dirname);
  const { root } = installation;
  const given = readArguments(installation);
  if ((await runNode(root, ['scripts/build-models.ts'])) !== 0)
    throw new Error('without its models Familiar finds no faces');
  await buildPart(root, pagePart);
  const reason = given.browser ? 'As asked' : await tryDesktop(root, given);
  if (reason === null) return;
  process.exitCode = 0;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  await startBrowser({ installation, ...given, reason, openBrowser: given.open, signal: stop.signal });
}

try {
  await start();
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(`Familiar could not start: ${error instanceof Error ? error.message : String(error)}`);
  if (isUsage) console.error(`\n${usage}`);
  process.exitCode = isUsage ? 2 : 1;
}
