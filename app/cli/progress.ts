import type { Output } from '../contract/api.ts';
import type { Screen } from './screen.ts';
import { count } from './table.ts';

type Jobs = Readonly<Output<'jobs.list'>>;

export interface Progress {
  show(jobs: Jobs): void;
  /** Clears the bar. */
  end(): void;
}

/** Milliseconds between lines where there is no terminal to redraw. */
const lineEveryMs = 10_000;
const barWidth = 24;

/** Progress of the running imports: a bar on a terminal, now and then a line elsewhere. */
export function createProgress(out: Screen, clock: () => number): Progress {
  let lastLine = clock();
  return {
    show: (jobs) => {
      const text = describeJobs(jobs);
      if (text === null) return;
      if (out.isTTY) out.write(`\r\u001b[2K${text.slice(0, out.columns - 1)}`);
      else if (clock() - lastLine >= lineEveryMs) {
        lastLine = clock();
        out.write(`${text}\n`);
      }
    },
    end: () => {
      if (out.isTTY) out.write('\r\u001b[2K');
    },
  };
}

/** One line for all imports that run; null when none does. */
export function describeJobs(jobs: Jobs): string | null {
  const running = jobs.filter(({ kind, state }) => kind === 'import' && state === 'running');
  if (running.length === 0) return null;
  const sum = (pick: (job: Jobs[number]) => number): number => running.reduce((total, job) => total + pick(job), 0);
  const [done, total, rate] = [sum((job) => job.done), sum((job) => job.total), sum((job) => job.rate)];
  const walking = running.some((job) => job.walking);
  const filled = total === 0 ? 0 : Math.round((barWidth * done) / total);
  const left = Math.max(0, ...running.map((job) => job.secondsLeft ?? 0));
  const parts = [
    `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${done} of ${walking ? 'at least ' : ''}${count(total, 'file')}`,
    count(
      sum((job) => job.faces),
      'face',
    ),
    rate > 0 ? `${rate.toFixed(1)}/s` : '',
    !walking && left > 0 ? `${describeSeconds(left)} left` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
