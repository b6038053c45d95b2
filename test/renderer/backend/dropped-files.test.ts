import { describe, expect, it } from 'vitest';

import { droppedFiles } from '../../../renderer/backend/dropped-files.ts';

interface Tree {
  readonly [name: string]: Tree | string;
}

/** A dragged file or folder as a browser gives it: folders hand out their entries a few at a time. */
function entry(name: string, content: Tree | string, parent = ''): FileSystemEntry {
  const fullPath = `${parent}/${name}`;
  if (typeof content === 'string') {
    const file = (got: (file: File) => void): void => got(new File([content], name));
    return { name, fullPath, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
  }
  const children = Object.entries(content).map(([child, inside]) => entry(child, inside, fullPath));
  const createReader = () => {
    const left = [...children];
    return { readEntries: (got: (some: FileSystemEntry[]) => void): void => got(left.splice(0, 2)) };
  };
  return { name, fullPath, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

const drop = (...entries: (FileSystemEntry | null)[]): DataTransfer =>
  ({
    items: entries.map((each) => ({
      kind: 'file',
      webkitGetAsEntry: () => each,
      getAsFile: () => new File(['bytes'], 'from-elsewhere.png'),
    })),
  }) as unknown as DataTransfer;

const namesOf = async (transfer: DataTransfer): Promise<string[]> =>
  (await droppedFiles(transfer)).map(({ name }) => name);

describe('what was dropped', () => {
  it('is found in folders of folders, however many entries they hold, in order', async () => {
    const holiday = entry('holiday', {
      'c.jpg': 'c',
      'a.jpg': 'a',
      'e.jpg': 'e',
      day2: { 'b.jpg': 'b' },
      'd.jpg': 'd',
    });
    expect(await namesOf(drop(holiday, entry('z.jpg', 'z')))).toEqual([
      'holiday/a.jpg',
      'holiday/c.jpg',
      'holiday/d.jpg',
      'holiday/day2/b.jpg',
      'holiday/e.jpg',
      'z.jpg',
    ]);
  });

  it('comes without hidden files and folders', async () => {
    expect(
      await namesOf(drop(entry('holiday', { '.DS_Store': '', '.thumbs': { 'a.jpg': 'a' }, 'b.jpg': 'b' }))),
    ).toEqual(['holiday/b.jpg']);
  });

  it('may be a picture that is in no folder at all', async () => {
    expect(await namesOf(drop(null))).toEqual(['from-elsewhere.png']);
  });
});
