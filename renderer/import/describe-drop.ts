import { counted } from '../shared/numbers.ts';
import { messages } from './messages.ts';

/** All that a page may know of what is dragged over it: a folder has no type. */
export interface DraggedItem {
  readonly kind: string;
  readonly type: string;
}

/** What would be added, in words: `3 folders and 12 photos`. */
export function describeDrop(items: readonly DraggedItem[]): string {
  const files = items.filter(({ kind }) => kind === 'file');
  const photos = files.filter(({ type }) => type.startsWith('image/')).length;
  const folders = files.filter(({ type }) => type === '').length;
  const parts = [
    folders > 0 ? counted(folders, 'folder', 'folders') : null,
    photos > 0 ? counted(photos, 'photo', 'photos') : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? messages.something : new Intl.ListFormat(undefined).format(parts);
}
