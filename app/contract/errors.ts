/**
 * Every failure that the product expects has a code. The words a person reads are chosen by code in the
 * interface; `message` is for logs and the command line. A failure without a code is a bug.
 */
export const failureCodes = [
  // a request
  'bad-request',
  'not-found',
  'nothing-to-undo',
  'nothing-to-redo',
  'bad-name',
  'bad-query',
  'cancelled',
  'not-allowed',
  // the library
  'library-busy',
  'library-damaged',
  'library-newer',
  'disk-full',
  'no-permission',
  // a file or folder
  'missing',
  'empty-file',
  'not-a-picture',
  'damaged-picture',
  'picture-too-large',
  'not-yet-supported',
  'unreadable',
  'crashed-twice',
  // the models
  'model-missing',
  'model-damaged',
  'model-failed',
  'model-in-use',
  'download-failed',
  'download-wrong',
  'no-face',
  'worker-died',
  // a bug
  'internal',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** An expected failure: something to tell the user, not a bug. */
export class Failure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Failure';
    this.code = code;
  }
}

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: FailureCode; readonly message: string } };

/** What went wrong, as it crosses a process: a code and words, never a stack. */
export function describeFailure(error: unknown): { code: FailureCode; message: string } {
  if (error instanceof Failure) return { code: error.code, message: error.message };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', message: 'cancelled' };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** Turns a reply back into a value or a thrown `Failure`. */
export function unwrapReply<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Failure(reply.error.code, reply.error.message);
}
