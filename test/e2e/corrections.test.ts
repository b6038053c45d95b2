import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoPhotos } from '../fixtures/photos.ts';
import { chromiumPath } from './chromium.ts';
import { dropFiles } from './drop-files.ts';
import { openFamiliar, type OpenFamiliar } from './open-familiar.ts';

const waitMs = 30_000;

describe.skipIf(!chromiumPath)('corrections in a browser', () => {
  let familiar: OpenFamiliar;
  let page: Page;
  beforeAll(async () => {
    familiar = await openFamiliar({ viewport: { width: 1200, height: 900 }, waitMs });
    page = familiar.page;
    await dropFiles(page, demoPhotos);
    await page.getByRole('navigation').getByRole('link', { name: 'People' }).click();
    const group = page.getByRole('combobox', { name: /^Who is this\? A group/ }).first();
    await group.fill('Anna');
    await group.press('Enter');
    await page.getByRole('link', { name: /^Anna, / }).click();
    await page.getByRole('heading', { name: 'Anna' }).waitFor();
  });
  afterAll(() => familiar.close());

  it('says how well a person is known, and takes a date of birth, which undo takes back', async () => {
    await page.getByText(/^About .* right.* missing/).click();
    await page.getByText(/You confirmed 0 of/).waitFor();
    await page.getByRole('button', { name: 'Add a date of birth' }).click();
    await page.getByLabel('Date of birth').fill('1990-05-17');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Born / }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Add a date of birth' }).waitFor();
  });

  it('orders a search by how well the faces match', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('anna');
    await page.getByLabel('Order').selectOption('Best match first');
    await page.getByRole('heading', { name: /^Best match first/ }).waitFor();
    await page.goBack();
  });

  it('shows the parts of a person, and who may be the same', async () => {
    await page.getByRole('button', { name: 'Split…' }).click();
    await page.getByRole('dialog', { name: 'Split Anna' }).getByText(/face/).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /^Suggestions/ }).click();
    await page.getByText(/Others whose faces lie close by|Nobody else looks like/).waitFor();
  });

  it('asks in the review about faces that look like somebody, and takes the answer by key', async () => {
    await page.getByRole('link', { name: /^Faces/ }).click();
    await page
      .getByRole('button', { name: /^Face, / })
      .first()
      .press(' ');
    await page.getByRole('button', { name: 'Move to…' }).click();
    const who = page.getByRole('dialog').getByRole('combobox');
    await who.fill('Bea');
    await who.press('Enter');
    await page.getByText('Moved a face to Bea').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'People' }).click();
    await page.getByRole('link', { name: /^Bea, / }).click();
    await page.getByRole('button', { name: 'Bea' }).click();
    await page.getByRole('combobox', { name: 'Name' }).fill('');
    await page.keyboard.press('Enter');
    await page.getByText('Took the name of Bea away').waitFor();
    await page.getByRole('link', { name: /^Suggestions/ }).click();
    await page.getByRole('button', { name: 'Yes, merge' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { name: 'Is this Anna?' }).waitFor();
    await page.keyboard.press('s');
    await page.locator('section[aria-busy=false]').waitFor();
    await page.keyboard.press('y');
    await page.getByText('Said that a face is Anna').waitFor();
    await page.getByText('Nothing to ask.').waitFor();
    await page.keyboard.press('z');
    await page.getByRole('heading', { name: 'Is this Anna?' }).waitFor();
  });

  it('takes a face that is drawn with the pointer, asks who it is, and undoes it', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('grid', { name: 'Photos by month' }).getByRole('gridcell').first().click();
    await page.getByRole('button', { name: 'Add a missed face' }).waitFor();
    await page.keyboard.press('b');
    const surface = page.getByRole('application', { name: /Draw a box/ });
    const place = (await surface.boundingBox())!;
    await page.mouse.move(place.x + place.width / 2 - 40, place.y + place.height - 100);
    await page.mouse.down();
    await page.mouse.move(place.x + place.width / 2 + 30, place.y + place.height - 20, { steps: 4 });
    await page.mouse.up();
    await page.getByText('Added a face').waitFor();
    await page.getByRole('combobox', { name: 'Who is this?' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone: Added a face').waitFor();
  });

  it('tells a statue from a person, finds it again, and makes it somebody after all', async () => {
    await page.getByRole('combobox', { name: 'Who is this?' }).waitFor({ state: 'detached' });
    await page.keyboard.press('f');
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Not a person' }).first().click();
    await page.getByText('Marked a face as not a person').waitFor();
    await page.goto(`${new URL(page.url()).origin}/#/people/statues`);
    await page
      .getByRole('button', { name: /^Face, / })
      .first()
      .press(' ');
    await page.getByRole('button', { name: 'A person after all' }).click();
    await page.getByText('No statues or pictures yet.').waitFor();
  });

  it('erases a person once the name is typed, and says that this is for good', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'People' }).click();
    await page.getByRole('link', { name: /^Anna, / }).click();
    await page.getByRole('button', { name: 'Erase…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Erase Anna' });
    await dialog.getByText('This is the one thing that cannot be undone.').waitFor();
    const erase = dialog.getByRole('button', { name: 'Erase for good' });
    expect(await erase.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('anna');
    await erase.click();
    await page.getByText(/^Erased Anna with \d+ faces?\.$/).waitFor();
    await page.getByRole('link', { name: /^Anna, / }).waitFor({ state: 'detached' });
  });

  it('met no error on the page', () => {
    expect(familiar.problems).toEqual([]);
  });
});
