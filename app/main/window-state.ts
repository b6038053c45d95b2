import { readFileSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

/** Where the window was, in screen coordinates of the desktop. */
const WindowState = z.object({
  bounds: z.object({
    x: z.number().int(),
    y: z.number().int(),
    width: z.number().int().min(480),
    height: z.number().int().min(400),
  }),
  maximised: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

/** The remembered place of the window; null at the first start. */
export function readWindowState(file: string): WindowState | null {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent or spoilt: the window opens where the system puts it.
    return null;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(file, JSON.stringify(state));
}
