import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoPhotos } from '../fixtures/photos.ts';
import { chromiumPath } from './chromium.ts';
import { dropFiles } from './drop-files.ts';
import { openFamiliar, type OpenFamiliar } from './open-familiar.ts';

const waitMs = 60_000;

describe.skipIf(!chromiumPath)('the whole main job in a browser', () => {
  let familiar: OpenFamiliar;
  let page: Page;
  const go = (name: string): Promise<void> => page.getByRole('navigation').getByRole('link', { name }).click();
  const groups = () => page.getByRole('combobox', { name: /^Who is this\? A group/ });
  const photosShown = () => page.getByRole('grid', { name: 'Photos by month' }).getByRole('gridcell');

  beforeAll(async () => {
    familiar = await openFamiliar({ viewport: { width: 1200, height: 1800 }, waitMs, console: true });
    page = familiar.page;
  });
  afterAll(() => familiar.close());

  it('welcomes with one drop target', async () => {
    await page.getByText('Nothing leaves this computer.').waitFor();
    expect(new URL(page.url()).searchParams.has('token')).toBe(false);
  });

  it('takes dropped photos in and shows them, and says what could not be read', async () => {
    const broken = join(familiar.dir, 'broken.jpg');
    writeFileSync(broken, 'not a picture at all');
    await dropFiles(page, [...demoPhotos, broken]);
    await page.getByRole('grid', { name: 'Photos by month' }).waitFor();
    await page.waitForFunction(
      (wanted) => document.querySelectorAll('[role=gridcell] img').length === wanted,
      demoPhotos.length,
    );
    await page
      .getByText(/could not be read/)
      .first()
      .waitFor();
  });

  it('groups the faces, and names one', async () => {
    await go('People');
    await groups().first().waitFor();
    await groups().first().fill('Anna');
    await groups().first().press('Enter');
    await page.getByRole('link', { name: /^Anna, / }).waitFor();
  });

  it('undoes and redoes the name', async () => {
    await page.getByRole('heading', { name: 'People' }).click();
    await page.keyboard.press('Control+z');
    await page.getByRole('link', { name: /^Anna, / }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    await page.getByRole('link', { name: /^Anna, / }).waitFor();
  });

  it('finds her as the name is typed', async () => {
    const all = demoPhotos.length;
    await page.keyboard.press('/');
    await page.keyboard.type('ann');
    await page.waitForFunction((most) => {
      const shown = document.querySelectorAll('main [role=gridcell] img').length;
      return shown > 0 && shown < most;
    }, all);
    await page.keyboard.type(' or -anna');
    await expect.poll(() => photosShown().count(), { timeout: waitMs }).toBeGreaterThan(0);
  });

  it('keeps a favourite and a search, and marks what a search cannot mean', async () => {
    await go('Photos');
    await photosShown().first().getByRole('link').click();
    const star = page.getByRole('button', { name: 'Favourite' });
    await star.and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('.');
    await star.and(page.locator('[aria-pressed=true]')).waitFor();
    await page.keyboard.press('Escape');
    const field = page.getByRole('combobox', { name: 'Search' });
    await field.fill('is:favourite');
    await expect.poll(() => photosShown().count(), { timeout: waitMs }).toBe(1);
    await page.getByRole('button', { name: 'Save search' }).click();
    await page.getByRole('button', { name: 'Saved', exact: true }).waitFor();
    await field.fill('anna people:many');
    await page.locator('mark').getByText('people:many', { exact: true }).waitFor();
    await field.fill('');
    await page.getByRole('option', { name: 'is:favourite' }).waitFor();
    await page.keyboard.press('Escape');
    // The journal goes back to the name.
    for (const undone of ['Undone: Saved the search', 'Undone: Added a photo']) {
      await page.getByRole('heading').first().click();
      await page.keyboard.press('Control+z');
      await page.getByText(undone).waitFor();
    }
  });

  it('still knows her after a restart, and can still undo', async () => {
    await familiar.restart();
    page = familiar.page;
    await go('People');
    await page.getByRole('link', { name: /^Anna, / }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('link', { name: /^Anna, / }).waitFor({ state: 'detached' });
  });

  it('met no error on the page', () => {
    expect(familiar.problems).toEqual([]);
  });
});
