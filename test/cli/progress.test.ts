import { describe, expect, it } from 'vitest';

import { createProgress, describeJobs } from '../../app/cli/progress.ts';
import type { Output } from '../../app/contract/api.ts';

type Job = Output<'jobs.list'>[number];

const job = (change: Partial<Job>): Job =>
  ({
    id: 1,
    kind: 'import',
    state: 'running',
    walking: false,
    total: 8600,
    done: 2150,
    failed: 0,
    faces: 1,
    rate: 14,
    secondsLeft: 460,
    problem: null,
    ...change,
  }) as Job;

describe('progress on the command line', () => {
  it('tells how much is done, how fast, and how long it will take', () => {
    expect(describeJobs([job({})])).toBe(
      '[######------------------] 2150 of 8,600 files · 1 face · 14.0/s · 8 min left',
    );
    expect(describeJobs([job({ secondsLeft: 12.2 })])).toContain('13 s left');
    expect(describeJobs([job({ secondsLeft: 9000 })])).toContain('2.5 h left');
  });

  it('promises nothing while files are still being found', () => {
    expect(describeJobs([job({ walking: true, rate: 0 })])).toBe(
      '[######------------------] 2150 of at least 8,600 files · 1 face',
    );
  });

  it('is silent when no import runs', () => {
    expect(describeJobs([job({ state: 'done' }), job({ kind: 'cluster' })])).toBeNull();
  });

  it('redraws one line on a terminal and clears it in the end', () => {
    const written: string[] = [];
    const write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    const progress = createProgress({ isTTY: true, columns: 20, write }, () => 0);
    progress.show([job({})]);
    progress.end();
    expect(written).toEqual(['\r\u001b[2K[######------------', '\r\u001b[2K']);
  });

  it('prints a line now and then where there is no terminal', () => {
    const written: string[] = [];
    let now = 0;
    const write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    const progress = createProgress({ isTTY: false, columns: 80, write }, () => now);
    for (now = 0; now <= 25_000; now += 1000) progress.show([job({})]);
    progress.end();
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/left\n$/);
  });
});
