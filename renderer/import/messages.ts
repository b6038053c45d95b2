import { count, counted } from '../shared/numbers.ts';

const photos = (n: number): string => counted(n, 'photo', 'photos');

export const messages = {
  add: 'Add photos',
  pickFolders: 'Add folders',
  promise: 'Nothing leaves this computer.',
  welcome: 'Drop your photos here, and Familiar will learn the people in them.',
  welcomeHint: 'Folders or single pictures. Your files are never changed.',

  dropTitle: (what: string): string => `Add ${what}`,
  dropped: {
    stay: 'They stay where they are; Familiar only reads them.',
    copied: 'They are copied into your library; the originals are never changed.',
  },
  something: 'these photos',

  sending: (sent: number, total: number): string => `Copying ${count(sent)} of ${count(total)}`,
  notPictures: (n: number): string =>
    `${counted(n, 'file is not a picture and was', 'files are not pictures and were')} left out.`,
  noPictures: 'There are no pictures in what was dropped.',

  openQueue: 'Show details',
  queue: 'Adding photos',
  looking: (found: number): string => `Looking for photos: ${count(found)} found`,
  progress: (done: number, total: number): string => `${count(done)} of ${count(total)}`,
  rate: (perSecond: number): string =>
    `${perSecond.toLocaleString(undefined, { maximumFractionDigits: perSecond < 10 ? 1 : 0 })}/s`,
  faces: (n: number): string => counted(n, 'face', 'faces'),
  failed: (n: number): string => `${count(n)} could not be read`,
  paused: 'Paused',
  grouping: 'Grouping faces into people',
  embedding: 'Looking at every face anew',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  cancelHint: 'What was added so far stays.',
  idle: 'Everything has been added.',
  spoken: (done: number, total: number): string => `Added ${count(done)} of ${photos(total)}`,
  finished: (done: number): string => `Added ${photos(done)}.`,
  finishedWith: (done: number, failed: number): string =>
    `Added ${photos(done)}. ${counted(failed, 'file', 'files')} could not be read.`,
  why: 'Show why',

  failures: 'Could not be read',
  noFailures: 'Every file could be read.',
  retry: 'Retry',
  retryAll: 'Retry all',
  more: (n: number): string => `Show ${count(n)} more`,

  pickerTitle: 'Choose a folder',
  pickerHint: 'Everything in it is added, folders inside it too.',
  up: 'Folder above',
  pictures: (n: number): string =>
    n === 0 ? 'No pictures directly in this folder' : `${photos(n)} directly in this folder`,
  noFolders: 'No folders in here.',
  addThis: 'Add this folder',
  close: 'Close',
} as const;
