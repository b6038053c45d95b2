import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { walk, type WalkOptions } from '../../../app/engine/scan/walk.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'familiar-walk-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const jpeg = Buffer.from('ffd8ffe000104a46', 'hex');

function put(name: string, content: string | Buffer = jpeg): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

/** Files met below the root, failed ones as `name: code`. */
async function met(options: Partial<WalkOptions> = {}, start = root): Promise<string[]> {
  const names: string[] = [];
  const signal = new AbortController().signal;
  for await (const found of walk(start, { after: null, except: [], signal, ...options })) {
    if ('folder' in found) continue;
    names.push(relative(root, found.path) + (found.failure ? `: ${found.failure.code}` : ''));
  }
  return names;
}

describe('walk', () => {
  it('meets the files of a folder by name, then its folders, every time alike', async () => {
    for (const name of ['b.jpg', 'a/z.png', 'a.jpg', 'a/b/c.webp', 'a-b/d.jpeg']) put(name);
    const order = ['a.jpg', 'b.jpg', 'a/z.png', 'a/b/c.webp', 'a-b/d.jpeg'];
    expect(await met()).toEqual(order);
    expect(await met()).toEqual(order);
  });

  it('goes on after the file at which an earlier walk stopped, wherever that was', async () => {
    for (const name of ['a.jpg', 'b.jpg', 'c/1.jpg', 'c/d/2.jpg', 'c/d/3.jpg', 'e/4.jpg']) put(name);
    const all = await met();
    for (const [i, name] of all.entries()) {
      expect(await met({ after: join(root, name) })).toEqual(all.slice(i + 1));
    }
  });

  it('leaves out hidden files, system folders and the folders it is told to', async () => {
    for (const name of ['.hidden.jpg', '._a.jpg', '.git/a.jpg', '$RECYCLE.BIN/a.jpg', '@eaDir/a.jpg', 'thumbs/a.jpg']) {
      put(name);
    }
    put('a.jpg');
    expect(await met({ except: [join(root, 'thumbs')] })).toEqual(['a.jpg']);
  });

  it('survives links in a circle and meets nothing twice', async () => {
    put('a/photo.jpg');
    symlinkSync(root, join(root, 'a/up'));
    symlinkSync(join(root, 'a'), join(root, 'b'));
    symlinkSync(join(root, 'a/photo.jpg'), join(root, 'again.jpg'));
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling.jpg'));
    expect(await met()).toEqual(['a/photo.jpg']);
  });

  it('follows a link that leads out of the folder', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'familiar-outside-'));
    writeFileSync(join(outside, 'photo.jpg'), jpeg);
    symlinkSync(outside, join(root, 'linked'));
    symlinkSync(outside, join(root, 'linked-again'));
    expect(await met()).toHaveLength(1);
    rmSync(outside, { recursive: true });
  });

  it('tells what cannot be read yet from what is no picture', async () => {
    put('photo.heic', 'not looked at');
    put('clip.MOV', 'video');
    put('photo.xmp', '<x/>');
    put('notes.txt', 'hello');
    put('Thumbs.db', 'x');
    expect(await met()).toEqual(['clip.MOV: not-yet-supported', 'photo.heic: not-yet-supported']);
  });

  it('takes pictures whose extension is wrong or missing', async () => {
    put('exported.heic');
    put('IMG_0001');
    put('scan.bin', Buffer.from('89504e470d0a1a0a0000000d', 'hex'));
    expect(await met()).toEqual(['IMG_0001', 'exported.heic', 'scan.bin']);
  });

  it('copes with names of emoji, newlines and right-to-left text', async () => {
    const names = ['a\nb.jpg', 'שלום.jpg', '🎂 party 🎉.jpg'];
    for (const name of names) put(name);
    expect((await met()).toSorted()).toEqual(names.toSorted());
  });

  it('says that a folder or file is missing', async () => {
    expect(await met({}, join(root, 'none'))).toEqual(['none: missing']);
    expect(await met({}, join(root, 'none.jpg'))).toEqual(['none.jpg: missing']);
  });

  it('takes a single file, even one that its name does not commend', async () => {
    put('notes.txt', 'hello');
    expect(await met({}, join(root, 'notes.txt'))).toEqual(['notes.txt']);
  });

  it('finds nothing in an empty folder', async () => {
    expect(await met()).toEqual([]);
  });

  // Root reads everything: there the case runs in test/engine/pipeline/import-bad-input.test.ts, as another user.
  it.skipIf(process.getuid?.() === 0)('records a folder that may not be opened and goes on', async () => {
    put('closed/a.jpg');
    put('open/b.jpg');
    chmodSync(join(root, 'closed'), 0);
    expect(await met()).toEqual(['closed: no-permission', 'open/b.jpg']);
    chmodSync(join(root, 'closed'), 0o700);
  });

  it('stops soon after it is told to', async () => {
    for (let i = 0; i < 200; i++) put(`${String(i).padStart(3, '0')}.jpg`);
    const stop = new AbortController();
    let count = 0;
    for await (const found of walk(root, { after: null, except: [], signal: stop.signal })) {
      if ('folder' in found) continue;
      if (++count === 10) stop.abort();
    }
    expect(count).toBeLessThan(50);
  });
});
