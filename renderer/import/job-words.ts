import type { Job } from '../../app/contract/model.ts';
import { duration } from '../shared/dates.ts';
import { messages } from './messages.ts';

/** What a job is doing, in parts: `1,240 of 8,600`, `14/s`, `about 9 min`. */
export function jobWords(job: Job): string[] {
  if (job.problem !== null) return [job.problem];
  if (job.kind === 'cluster') return [messages.grouping];
  if (job.kind === 'embed') return [messages.embedding, messages.progress(job.done, job.total)];
  const words = [job.walking ? messages.looking(job.total) : messages.progress(job.done, job.total)];
  if (job.state === 'paused') return [messages.paused, ...words];
  if (job.walking && job.done > 0) words.push(messages.progress(job.done, job.total));
  if (job.rate > 0) words.push(messages.rate(job.rate));
  if (!job.walking && job.secondsLeft !== null) words.push(duration(job.secondsLeft));
  if (job.failed > 0) words.push(messages.failed(job.failed));
  return words;
}

/** How much of a job is done, 0 to 1; null while that is not known but work goes on. */
export function jobShare(job: Job): number | null {
  if (job.state !== 'running' && job.total === 0) return 0;
  if (job.kind === 'cluster' || job.walking || job.total === 0) return null;
  return Math.min(1, job.done / job.total);
}
