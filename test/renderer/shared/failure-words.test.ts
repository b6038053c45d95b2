import { describe, expect, it } from 'vitest';

import { Failure, failureCodes } from '../../../app/contract/errors.ts';
import { failureOf, failureWords } from '../../../renderer/shared/failure-words.ts';

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
