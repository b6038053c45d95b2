import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

import { browseFolders } from '../../../app/engine/scan/browse-folders.ts';

it('lists folders by name with numbers in their order, and counts the pictures', async () => {
  const root = mkdtempSync(join(tmpdir(), 'familiar-browse-'));
  for (const name of ['10', '9', 'Zoo', 'apple', '.hidden', '$RECYCLE.BIN']) mkdirSync(join(root, name));
  for (const name of ['a.jpg', 'b.PNG', 'c.txt', '.d.jpg']) writeFileSync(join(root, name), '');
  symlinkSync(join(root, 'Zoo'), join(root, 'link'));
  const listing = await browseFolders(root);
  expect(listing.folders.map(({ name }) => name)).toEqual(['9', '10', 'apple', 'link', 'Zoo']);
  expect(listing).toMatchObject({ path: root, parent: dirname(root), pictures: 2 });
  rmSync(root, { recursive: true });
});

it('begins in the home folder and ends at the root', async () => {
  expect((await browseFolders(null)).path).toBe(homedir());
  if (process.platform !== 'win32') expect((await browseFolders('/')).parent).toBeNull();
});

it('says which folder is not there', async () => {
  await expect(browseFolders('/no/such/folder')).rejects.toMatchObject({
    code: 'missing',
    message: expect.stringContaining('/no/such/folder') as string,
  });
});
