import { describe, expect, it } from 'vitest';

import { Failure, failureCodes } from '../../../app/contract/errors.ts';
import { failureOf, failureWords, wordsFor } from '../../../renderer/shared/failure-words.ts';

describe('the words for failures', () => {
  it.each(failureCodes)('say of "%s" what happened and what to do', (code) => {
    const { what, next } = failureWords[code];
    expect(what).toMatch(/^[A-Z].*\.$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
  });

  it('are free of the words of programmers', () => {
    const text = JSON.stringify(Object.values(failureWords));
    expect(text).not.toMatch(/\b(cluster|embedding|exception|error|worker|invalid|null|ENOSPC)\b/i);
  });
});

describe('what the engine refuses', () => {
  it('is told in its own sentence', () => {
    expect(wordsFor(new Failure('bad-request', 'the box is too small; a face needs at least 16 pixels'))).toEqual({
      what: 'The box is too small.',
      next: 'A face needs at least 16 pixels.',
    });
  });

  it('is told in the words of its code where its sentence is for programmers, or only half of one', () => {
    expect(wordsFor(new Failure('bad-request', 'faces.add: box Expected; number'))).toBe(failureWords['bad-request']);
    expect(wordsFor(new Failure('bad-name', 'no'))).toBe(failureWords['bad-name']);
    expect(wordsFor(new Failure('internal', 'undefined is not; a function'))).toBe(failureWords.internal);
  });
});

describe('anything thrown', () => {
  it('keeps its code where it has one', () => {
    expect(failureOf(new Failure('disk-full', 'x')).code).toBe('disk-full');
  });

  it('is a bug where it has none', () => {
    expect(failureOf(new TypeError('x')).code).toBe('internal');
    expect(failureOf('x').code).toBe('internal');
  });

  it('is no failure at all when it was stopped', () => {
    expect(failureOf(new DOMException('x', 'AbortError')).code).toBe('cancelled');
  });
});
