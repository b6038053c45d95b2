import { InvalidArgumentError, type Command } from 'commander';

import { Failure } from '../../contract/errors.ts';
import { hostLibrary } from '../../server/host-library.ts';
import { findRunningPage } from '../../server/running-page.ts';
import { libraryDir, run, type Cli, type Outcome } from '../cli.ts';
import { untilStopped } from '../../server/until-stopped.ts';

export function addServe(program: Command, cli: Cli): void {
  program
    .command('serve')
    .description('show the library in a browser of this computer, until Ctrl-C')
    .option('--port <number>', 'port on 127.0.0.1; any free one if not given', parsePort, 0)
    .addHelpText('after', '\nExamples:\n  familiar serve\n  familiar serve --library ~/family --port 8080')
    .action(({ port }: { port: number }, command: Command) => {
      const dir = libraryDir(cli, command);
      const say = (url: string): Outcome => ({ json: { url, library: dir }, text: `Familiar: ${url}` });
      return run(cli, command, async (print) => {
        try {
          const { installation } = cli;
          const host = await hostLibrary({ dir, installation, program: 'familiar serve', page: true, port });
          print(say(host.server.createPageUrl()));
          await untilStopped(host, cli.signal);
          return null;
        } catch (error) {
          if (!(error instanceof Failure) || error.code !== 'library-busy') throw error;
          const url = await findRunningPage(dir);
          if (url === null) throw error;
          return say(url);
        }
      });
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is 0 to 65535');
  return port;
}
