import type { LooseFile } from './host.ts';

/**
 * Every file of a drop, those in dropped folders included, in a stable order.
 * What it holds is taken from `transfer` before the first wait: it is emptied when its event ends.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<LooseFile[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  // A picture dragged out of another program has no entry, only its bytes.
  const dropped = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const files: LooseFile[] = [];
  for (const each of dropped) {
    if (each instanceof File) files.push({ name: each.name, file: each });
    else if (each) await walk(each, files);
  }
  return files;
}

// Browsers that have entries need not have their classes by name.
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

async function walk(entry: FileSystemEntry, files: LooseFile[]): Promise<void> {
  if (entry.name.startsWith('.')) return;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    files.push({ name: entry.fullPath.replace(/^\//, ''), file });
  } else if (isFolder(entry)) {
    const children = await entriesOf(entry);
    for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) await walk(child, files);
  }
}

/** A reader gives at most a hundred entries at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  while (true) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}
