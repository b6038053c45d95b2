import { describe, expect, it } from 'vitest';

import type { JobId } from '../../../app/contract/ids.ts';
import type { Job } from '../../../app/contract/model.ts';
import { jobShare, jobWords } from '../../../renderer/import/job-words.ts';

const job = (more: Partial<Job> = {}): Job => ({
  id: 1 as JobId,
  kind: 'import',
  state: 'running',
  walking: false,
  total: 8600,
  done: 1240,
  failed: 0,
  faces: 0,
  rate: 14.2,
  secondsLeft: 520,
  problem: null,
  ...more,
});

describe('the words for a job', () => {
  it('say how far it is, how fast, and how long it will take', () => {
    expect(jobWords(job())).toEqual(['1,240 of 8,600', '14/s', 'about 9 min']);
  });

  it('say that a change of the face model goes through faces, not photos', () => {
    expect(jobWords(job({ kind: 'embed', rate: 0, secondsLeft: null }))).toEqual([
      'Looking at every face anew',
      '1,240 of 8,600',
    ]);
  });

  it('say how many could not be read', () => {
    expect(jobWords(job({ failed: 3 })).at(-1)).toBe('3 could not be read');
  });

  it('say no time while files are still being found', () => {
    expect(jobWords(job({ walking: true, done: 0, rate: 0 }))).toEqual(['Looking for photos: 8,600 found']);
  });

  it('say that it is paused, without a rate', () => {
    expect(jobWords(job({ state: 'paused' }))).toEqual(['Paused', '1,240 of 8,600']);
  });

  it('say why it stopped by itself', () => {
    expect(jobWords(job({ state: 'failed', problem: 'The disk is full' }))).toEqual(['The disk is full']);
  });
});

describe('the share of a job', () => {
  it('is known once all files are found', () => {
    expect(jobShare(job())).toBeCloseTo(0.144, 3);
    expect(jobShare(job({ walking: true }))).toBeNull();
    expect(jobShare(job({ total: 0, done: 0 }))).toBeNull();
  });

  it('is nothing where a job stopped before anything was found', () => {
    expect(jobShare(job({ state: 'failed', total: 0, done: 0 }))).toBe(0);
  });
});
