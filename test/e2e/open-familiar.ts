import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { launchChromium } from './chromium.ts';
import { serveLibrary, type ServedLibrary } from './serve.ts';

/** Familiar with an empty library of its own, in a browser. */
export interface OpenFamiliar {
  /** A folder for the test, removed in the end; the library is `library` in it. */
  readonly dir: string;
  readonly page: Page;
  /** What the pages threw, and with `console` what they logged as errors. */
  readonly problems: readonly string[];
  /** Ends the program and starts it on the same library, in a page of its own. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

interface Options extends BrowserContextOptions {
  /** Milliseconds that an action waits for what it acts on. */
  readonly waitMs: number;
  readonly console?: boolean;
}

export async function openFamiliar({ waitMs, console = false, ...context }: Options): Promise<OpenFamiliar> {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-e2e-'));
  const problems: string[] = [];
  const browser: Browser = await launchChromium();
  let library: ServedLibrary;
  let page: Page;
  const start = async (): Promise<void> => {
    library = await serveLibrary(join(dir, 'library'));
    page = await browser.newPage(context);
    page.setDefaultTimeout(waitMs);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (console && message.type() === 'error') problems.push(message.text());
    });
    await page.goto(library.url);
  };
  await start();
  return {
    get page() {
      return page;
    },
    problems,
    dir,
    stop: () => library.stop(),
    restart: async () => {
      await page.close();
      await library.stop();
      await start();
    },
    close: async () => {
      await browser.close();
      await library.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
