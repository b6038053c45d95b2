import type { JobId } from '../../contract/ids.ts';
import type { Job } from '../../contract/model.ts';
import type { EngineContext } from '../context.ts';
import type { JobRow } from '../db/jobs.ts';
import { settings } from '../settings.ts';

export interface Progress {
  readonly list: () => Job[];
  /** A file is over with. */
  readonly fileFinished: () => void;
  /** Tells the pages soon. */
  readonly changed: () => void;
  /** Tells the pages now: something happened that a user waits for. */
  readonly tell: () => void;
  readonly close: () => void;
}

/** Counts files a second over the last seconds and tells the pages a few times a second. */
export function createProgress(context: EngineContext, jobs: () => readonly JobRow[]): Progress {
  const { progressMs, rateMs } = settings.import;
  let finishedAt: number[] = [];
  let timer: NodeJS.Timeout | undefined;

  const rate = (): number => {
    const now = context.clock();
    finishedAt = finishedAt.filter((at) => now - at <= rateMs);
    const first = finishedAt[0];
    if (first === undefined || finishedAt.length < 2 || now === first) return 0;
    return ((finishedAt.length - 1) * 1000) / (now - first);
  };
  const jobOf = ({ id, kind, state, walking, total, done, failed, faces, problem }: JobRow): Job => {
    const perSecond = state === 'running' && kind === 'import' ? rate() : 0;
    return {
      id: id as JobId,
      kind,
      state,
      walking: walking === 1 && state === 'running',
      total,
      done,
      failed,
      faces,
      rate: perSecond,
      secondsLeft: perSecond > 0 ? (total - done) / perSecond : null,
      problem,
    };
  };
  const list = (): Job[] => jobs().map(jobOf);
  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    context.emit('jobs', list());
  };
  const changed = (): void => {
    timer ??= setTimeout(tell, progressMs);
  };
  return {
    list,
    changed,
    tell,
    fileFinished: () => {
      finishedAt.push(context.clock());
      changed();
    },
    close: () => clearTimeout(timer),
  };
}
