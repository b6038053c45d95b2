import { mkdirSync } from 'node:fs';

import { Failure } from '../../contract/errors.ts';

/**
 * Makes the folder of a library where there is none yet.
 * @throws {Failure} `bad-request` where a file is in the way, `no-permission`, `disk-full`
 */
export function makeLibraryFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw folderFailure(dir, error);
  }
}

function folderFailure(dir: string, error: unknown): unknown {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new Failure('bad-request', `${dir} is no folder; choose another place for the library`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
      return new Failure('no-permission', `no permission to make ${dir}; choose another place for the library`, {
        cause: error,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure('disk-full', `the disk is full, so ${dir} cannot be made; free some space`, { cause: error });
    default:
      return error;
  }
}
