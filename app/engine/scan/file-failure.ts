import { Failure, type FailureCode } from '../../contract/errors.ts';

const failureOfErrno: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ENOENT: ['missing', 'it is not there any more; add it again from where it is now'],
  ENOTDIR: ['missing', 'it is not there any more; add it again from where it is now'],
  EACCES: ['no-permission', 'no permission to read it; allow reading, then try again'],
  EPERM: ['no-permission', 'no permission to read it; allow reading, then try again'],
  ENOSPC: ['disk-full', 'the disk with the library is full; free some space, then resume'],
  EDQUOT: ['disk-full', 'the disk quota is used up; free some space, then resume'],
};

/** Turns an error of the file system into words; what is no such error comes back as it is. */
export function fileFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Failure || !('code' in error) || !('errno' in error)) return error;
  const [code, message] = failureOfErrno[String(error.code)] ?? [
    'unreadable' as const,
    `it could not be read (${String(error.code)}); check the drive, then try again`,
  ];
  return new Failure(code, message, { cause: error });
}
