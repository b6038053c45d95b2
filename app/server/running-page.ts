import { z } from 'zod';

import { readHolder } from '../engine/library/lock.ts';

const PageUrl = z.object({ ok: z.literal(true), value: z.object({ url: z.string() }) });

/**
 * A fresh address of the page, from a program that serves this library already.
 * @returns null where nobody serves it, or only with a window of its own
 */
export async function findRunningPage(dir: string): Promise<string | null> {
  const holder = readHolder(dir);
  if (!holder?.url || !holder.token) return null;
  try {
    const headers = { authorization: `Bearer ${holder.token}` };
    const response = await fetch(`${holder.url}/page-url`, { method: 'POST', headers });
    const answer = PageUrl.safeParse(await response.json());
    return answer.success ? answer.data.value.url : null;
  } catch {
    // It has just ended: nobody serves the library.
    return null;
  }
}
