import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoPhotos } from '../fixtures/photos.ts';
import { chromiumPath } from './chromium.ts';
import { dropFiles } from './drop-files.ts';
import { openFamiliar, type OpenFamiliar } from './open-familiar.ts';

const waitMs = 60_000;

describe.skipIf(!chromiumPath)('what is learnt and measured, in a browser', () => {
  let familiar: OpenFamiliar;
  let page: Page;
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const tab = (name: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Insights' }).getByRole('link', { name }).click();

  beforeAll(async () => {
    const viewport = { width: 1100, height: 900 };
    familiar = await openFamiliar({ viewport, reducedMotion: 'reduce', waitMs, console: true });
    page = familiar.page;
    await dropFiles(page, demoPhotos);
    await page.getByRole('navigation').getByRole('link', { name: 'People' }).click();
    await page
      .getByRole('combobox', { name: /^Who is this\? A group/ })
      .first()
      .waitFor();
  });
  afterAll(() => familiar.close());

  it('says before anybody has a name what there is to do, and offers no run that would lead to nothing', async () => {
    await press('g', 'i');
    await page.getByRole('heading', { name: 'Improve' }).waitFor();
    await page.getByText(/^Nothing has been learnt from you yet/).waitFor();
    await page.getByText('Not enough to learn from yet').waitFor();
    expect(await page.getByRole('button', { name: 'Learn from your corrections' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Name people' }).waitFor();
  });

  it('keeps the switch for runs that begin by themselves', async () => {
    const automatic = page.getByRole('switch', { name: /^Learn by itself/ });
    const before = await automatic.isChecked();
    await automatic.click();
    await expect.poll(() => automatic.isChecked(), { timeout: waitMs }).toBe(!before);
    await page.reload();
    await automatic.waitFor();
    expect(await automatic.isChecked()).toBe(!before);
  });

  it('shows every setting, and says of one that is not possible that it is not', async () => {
    await page.getByText('Advanced settings').click();
    const steps = page.getByRole('textbox', { name: /^Steps/ });
    expect(await steps.inputValue()).toMatch(/^\d+$/);
    await steps.fill('3');
    await page.getByText('Not possible.').waitFor();
    await page.getByRole('button', { name: 'As recommended' }).click();
    await page.getByText('Not possible.').waitFor({ state: 'detached' });
  });

  it('says of Insights without names what there is to do', async () => {
    await press('g', 'n');
    await page.getByText('Nobody has a name yet.').waitFor();
    await tab('How surely');
    await page.getByText('Not enough to measure yet.').first().waitFor();
  });

  it('tells how well a person is known once one has a name, and leads to the person', async () => {
    await press('g', 'o');
    const group = page.getByRole('combobox', { name: /^Who is this\? A group/ }).first();
    await group.fill('Anna');
    await group.press('Enter');
    await page.getByRole('link', { name: /^Anna, / }).waitFor();
    await page.getByRole('heading', { name: 'People' }).click();
    await press('g', 'n');
    const row = page.getByRole('grid', { name: 'Insights' }).getByRole('link', { name: /^Anna, .* right/ });
    await row.waitFor();
    const missing = page.getByRole('toolbar', { name: 'Sort' }).getByRole('button', { name: /^Missing/ });
    await missing.click();
    expect(await missing.getAttribute('aria-pressed')).toBe('true');
    await row.press('Enter');
    await page.getByRole('heading', { name: 'Anna' }).waitFor();
    await page.goBack();
  });

  it('tries other distances with the keys, uses them after that, and takes them back', async () => {
    await tab('How strictly');
    const use = page.getByRole('button', { name: 'Use these distances' });
    const line = page.getByRole('slider', { name: 'Faces are linked up to' });
    await page.getByText('Groups', { exact: true }).waitFor();
    expect(await use.isDisabled()).toBe(true);
    const before = Number(await line.getAttribute('aria-valuenow'));
    await line.press('PageDown');
    expect(Number(await line.getAttribute('aria-valuenow'))).toBeCloseTo(before - 0.05);
    await use.and(page.locator(':enabled')).waitFor();
    await use.click();
    await page.getByText(/^Changed the distances for groups to /).waitFor();
    const isAsBefore = () =>
      expect.poll(async () => Number(await line.getAttribute('aria-valuenow')), { timeout: waitMs }).toBe(before);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^Undone: Changed the distances/).waitFor();
    await isAsBefore();
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.getByRole('button', { name: 'Back to the model’s own' }).click();
    await isAsBefore();
  });

  it('draws the map and goes from face to face with the keys', async () => {
    await tab('Map');
    const map = page.getByRole('application', { name: /^Map of the faces/ });
    await map.waitFor();
    await map.focus();
    for (let i = 0; i < 3; i++) await press('ArrowRight', 'ArrowDown', 'ArrowLeft');
    await page.locator('.map .card img').waitFor();
  });

  it('met no error on the page', () => {
    expect(familiar.problems).toEqual([]);
  });
});
