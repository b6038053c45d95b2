import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoPhotos } from '../fixtures/photos.ts';
import { chromiumPath } from './chromium.ts';
import { dropFiles } from './drop-files.ts';
import { openFamiliar, type OpenFamiliar } from './open-familiar.ts';

/** A folder for pictures of the pages, to be looked at; none unless it is named. */
const shots = process.env['FAMILIAR_SHOTS'];

describe.skipIf(!chromiumPath)('the face models in a browser', () => {
  let familiar: OpenFamiliar;
  let page: Page;
  const shot = async (name: string): Promise<void> => {
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
  };
  beforeAll(async () => {
    familiar = await openFamiliar({ viewport: { width: 1100, height: 900 }, waitMs: 60_000 });
    page = familiar.page;
    await page.getByRole('link', { name: 'Settings' }).click();
  });
  afterAll(() => familiar.close());

  it('lists them with how good they are, their size and licence, and which is in use', async () => {
    const models = page.getByRole('list', { name: 'Face models' });
    const first = models.getByRole('listitem').first();
    await first.getByText('In use').waitFor();
    expect(await first.innerText()).toMatch(/99\.\d.*LFW pairs[\s\S]*MB on the disk · MIT/);
    const sface = models.getByRole('listitem').filter({ hasText: 'SFace' });
    expect(await sface.innerText()).toMatch(/24\.2 MB to fetch · Apache-2\.0/);
    await sface.getByRole('button', { name: /^Get SFace/ }).waitFor();
    await models.scrollIntoViewIfNeeded();
    await shot('models-light');
  });

  it('compares two photos that are dropped, says what that means, and keeps neither', async () => {
    await page.getByRole('button', { name: 'Compare two photos…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Is it the same person?' });
    await dialog.getByRole('button', { name: 'First photo: Choose a photo…' }).waitFor();
    await shot('verify-empty');
    await dropFiles(page, [demoPhotos[0]!, demoPhotos[1]!], 'dialog');
    await dialog.getByText('Two different people').waitFor();
    expect(await dialog.innerText()).toMatch(/Distance \d\.\d\d; below 1\.\d\d[\s\S]*1 in \d+ pairs/);
    expect(await dialog.getByRole('img', { name: /sample/ }).count()).toBe(2);
    await shot('verify-different');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot('verify-different-dark');

    await dropFiles(page, [demoPhotos[1]!], 'dialog [aria-label="First photo"]');
    await dialog.getByRole('heading', { name: 'The same person', exact: true }).waitFor();
    await shot('verify-same-dark');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await shot('models-dark');
    expect(readdirSync(join(familiar.dir, 'library/inbox'))).toEqual(['.lent']);
    await page.getByText('0 photos').waitFor();
  });

  it('says which photo cannot be compared', async () => {
    await page.getByRole('button', { name: 'Compare two photos…' }).click();
    await dropFiles(page, [demoPhotos[0]!, import.meta.filename], 'dialog');
    await page.getByRole('alert').getByText('models.test.ts:').waitFor();
    await page.getByText('This is not a picture').waitFor();
    await page.keyboard.press('Escape');
  });

  it('changes to another one in the background, with what it costs said before', async ({ skip }) => {
    const dlib = page.getByRole('listitem').filter({ hasText: 'dlib ResNet' });
    const use = dlib.getByRole('button', { name: /^Use dlib/ });
    if ((await use.count()) === 0) skip('the pack dlib-resnet is not built: npm run models dlib-resnet');
    await dropFiles(page, demoPhotos);
    await dlib.getByText(/Looks at 2\d faces anew in the background, a few seconds/).waitFor();
    await page.getByRole('progressbar', { name: /of 6/ }).waitFor({ state: 'detached' });
    await use.scrollIntoViewIfNeeded();
    await shot('models-cost');
    await use.click();
    await shot('models-changing');
    await dlib.getByText('In use').waitFor();
    await page.getByRole('button', { name: /^Use fr_feature/ }).waitFor();
  });

  it('compares two faces of the library, which stay selected', async () => {
    if ((await page.getByText('0 photos').count()) > 0) await dropFiles(page, demoPhotos);
    await page.getByRole('navigation').getByRole('link', { name: 'People' }).click();
    const group = page.getByRole('combobox', { name: /^Who is this\? A group/ }).first();
    await group.fill('Anna');
    await group.press('Enter');
    await page.getByRole('link', { name: /^Anna, / }).click();
    const faces = page.getByRole('button', { name: /^Face, / });
    await faces.nth(0).press(' ');
    await faces.nth(1).press(' ');
    await page.getByRole('button', { name: 'Compare…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Is it the same person?' });
    await dialog.getByRole('heading', { name: 'The same person', exact: true }).waitFor();
    await shot('verify-faces');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('toolbar', { name: '2 selected' }).waitFor();
  });

  it('leaves nothing of what was compared behind', async () => {
    await familiar.stop();
    expect(existsSync(join(familiar.dir, 'library/inbox/.lent'))).toBe(false);
    expect(familiar.problems).toEqual([]);
  });
});
