import { Failure, type FailureCode } from '../../app/contract/errors.ts';

export interface FailureWords {
  /** What happened, one sentence. */
  readonly what: string;
  /** What it means for the photos and what to do. */
  readonly next: string;
}

/** The one place where a failure gets the words that a person reads. */
export const failureWords: Readonly<Record<FailureCode, FailureWords>> = {
  'bad-request': {
    what: 'That request was not understood.',
    next: 'Nothing was changed. Reload the window and try again.',
  },
  'not-found': { what: 'This is no longer in the library.', next: 'Go back and choose another.' },
  'nothing-to-undo': { what: 'There is nothing to undo.', next: 'Your library is as it was.' },
  'nothing-to-redo': { what: 'There is nothing to redo.', next: 'Your library is as it was.' },
  'bad-name': { what: 'That name cannot be used.', next: 'Use a shorter name of at most 200 letters.' },
  'bad-query': { what: 'Part of that search is not clear.', next: 'Change the marked part, or remove it.' },
  cancelled: { what: 'Stopped.', next: 'What was done so far is kept.' },
  'not-allowed': {
    what: 'This page is not signed in.',
    next: 'Open the link that the program printed when it started.',
  },

  'library-busy': { what: 'Another program is using this library.', next: 'Close it, or use the library there.' },
  'library-damaged': {
    what: 'The library file is damaged.',
    next: 'Your photos are untouched. Restore the library from a backup, or start a new one.',
  },
  'library-newer': { what: 'This library was made by a newer Familiar.', next: 'Update Familiar to open it.' },
  'disk-full': { what: 'The disk is full.', next: 'Nothing was lost. Free some space, then press Resume.' },
  'no-permission': {
    what: 'Familiar may not read this.',
    next: 'Give it permission in your file manager, then retry.',
  },

  missing: { what: 'It is not there any more.', next: 'Reconnect the drive or move it back, then retry.' },
  'empty-file': { what: 'The file is empty.', next: 'Copy it again from where it came from.' },
  'not-a-picture': {
    what: 'This is not a picture, whatever its name says.',
    next: 'Nothing to do. The file is left as it is.',
  },
  'damaged-picture': {
    what: 'The picture is damaged or cut short.',
    next: 'Copy it again from the camera or a backup, then retry.',
  },
  'picture-too-large': { what: 'The picture is too large to open safely.', next: 'Save a smaller copy and add that.' },
  'not-yet-supported': {
    what: 'Familiar cannot read this kind of file yet.',
    next: 'The file is left as it is and will be read when it can be.',
  },
  unreadable: { what: 'The file could not be read.', next: 'Check the drive, then retry.' },
  'crashed-twice': {
    what: 'This file stopped Familiar twice, so it was set aside.',
    next: 'The others are not affected. Retry it when Familiar was updated.',
  },

  'model-missing': { what: 'The part that finds faces is not installed.', next: 'Run the set-up again: npm ci.' },
  'model-damaged': { what: 'The part that finds faces is damaged.', next: 'Run the set-up again: npm ci.' },
  'model-failed': { what: 'Finding faces failed on this picture.', next: 'Retry it. The others are not affected.' },
  'model-in-use': { what: 'This face model is in use.', next: 'Change to another one first.' },
  'download-failed': { what: 'The download did not work.', next: 'Check the connection and try again: it goes on.' },
  'download-wrong': {
    what: 'Something else came than was asked for, and has been removed.',
    next: 'Try again later, or from another network.',
  },
  'no-face': { what: 'There is no face in the picture.', next: 'Choose one that shows a face.' },
  'worker-died': {
    what: 'A part of Familiar stopped.',
    next: 'Try again. If that does not help, start Familiar again; nothing that was done is lost.',
  },

  internal: { what: 'Something went wrong in Familiar.', next: 'Nothing was lost. Try again, or restart Familiar.' },
};

/** Codes under which the engine says in a sentence of its own what is wrong and what to do. */
const saidByEngine: ReadonlySet<FailureCode> = new Set(['bad-request', 'bad-name', 'not-found']);
/** What the contract refuses begins with the name of the request, and is for programmers. */
const ofContract = /^[a-z]+\.[a-zA-Z]+: /;

/** The words for a failure: what the engine says of this one where it says it for people, else those of its code. */
export function wordsFor({ code, message }: Pick<Failure, 'code' | 'message'>): FailureWords {
  const [what = '', next] = message.split('; ', 2);
  if (!saidByEngine.has(code) || next === undefined || ofContract.test(message)) return failureWords[code];
  return { what: sentence(what), next: sentence(next) };
}

/** A message as a sentence of its own. */
export const sentence = (message: string): string =>
  `${message.charAt(0).toLocaleUpperCase()}${message.slice(1).replace(/\.?$/, '.')}`;

/** What failed, as a `Failure`: a bug becomes `internal`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Error && error.name === 'AbortError') return new Failure('cancelled', 'cancelled');
  return new Failure('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
