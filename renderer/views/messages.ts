import type { Command } from '../shared/commands.ts';
import { counted } from '../shared/numbers.ts';

const commands: Readonly<Record<Command, string>> = {
  search: 'Search',
  photos: 'Go to photos',
  people: 'Go to people',
  review: 'Go to review',
  improve: 'Go to improve',
  insights: 'Go to insights',
  settings: 'Go to settings',
  undo: 'Undo',
  redo: 'Redo',
  larger: 'Larger pictures',
  smaller: 'Smaller pictures',
  keys: 'Show the keys',
};

export const messages = {
  name: 'Familiar',
  navigation: 'Main',
  photos: 'Photos',
  people: 'People',
  review: 'Review',
  questions: (n: number): string => counted(n, 'question', 'questions'),
  improve: 'Improve',
  improveBusy: 'learning now',
  improveWaits: 'a result waits for you',
  insights: 'Insights',
  settings: 'Settings',
  keysTitle: 'Keys',
  close: 'Close',
  commands,
  /** Keys that a page or the viewer answers itself. */
  otherKeys: [
    { keys: 'arrows', does: 'Move in a grid or between photos' },
    { keys: 'home end', does: 'First and last' },
    { keys: 'enter', does: 'Open' },
    { keys: 'esc', does: 'Go back' },
    { keys: 'f', does: 'Show the faces in a photo' },
    { keys: 'b', does: 'Add a face that was missed' },
    { keys: '.', does: 'Make a photo a favourite, or take that back' },
    { keys: 'i', does: 'Details of a photo' },
    { keys: 'y n s', does: 'Yes, no, not sure in the review' },
    { keys: 'space', does: 'Select a face; next photo' },
  ],
} as const;
