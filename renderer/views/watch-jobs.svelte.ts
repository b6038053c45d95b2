import type { Job } from '../../app/contract/model.ts';
import { messages } from '../import/messages.ts';
import type { Application } from '../state/application.svelte.ts';

/** Milliseconds between two spoken reports of progress: often enough to know, seldom enough to listen to. */
const spokenEveryMs = 20_000;

/**
 * Tells when an import has come to its end, and now and then how far it is.
 * Call while a component is set up.
 * @param showFailures opens the list of what could not be read
 */
export function watchJobs(application: Application, showFailures: () => void): void {
  const running = new Map<number, Job>();
  let spokenAt = -Infinity;

  function finished(job: Job): void {
    const added = job.done - job.failed;
    const words = job.failed > 0 ? messages.finishedWith(added, job.failed) : messages.finished(added);
    const why = job.failed > 0 ? { label: messages.why, run: showFailures } : null;
    application.toasts.show('note', words, why);
  }

  $effect(() => {
    for (const job of application.jobs.all) {
      if (job.kind !== 'import') continue;
      if (job.state === 'running') {
        running.set(job.id, job);
        if (performance.now() - spokenAt < spokenEveryMs || job.walking) continue;
        spokenAt = performance.now();
        application.announcement = messages.spoken(job.done, job.total);
      } else if (running.delete(job.id) && job.state === 'done') finished(job);
    }
  });
}
