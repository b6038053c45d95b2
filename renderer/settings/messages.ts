import { count, counted } from '../shared/numbers.ts';

export const messages = {
  title: 'Settings',
  folders: 'Folders',
  foldersHint: 'Where your photos were added from. They stay where they are.',
  noFolders: 'No folders yet.',
  library: 'Library',
  place: 'Place',
  holds: 'Holds',
  photos: (n: number): string => counted(n, 'photo', 'photos'),
  faces: (n: number): string => counted(n, 'face', 'faces'),
  people: (n: number): string => counted(n, 'person with a name', 'people with names'),
  groups: (n: number): string => counted(n, 'group without', 'groups without'),
  failures: (n: number): string => counted(n, 'file that could not be read', 'files that could not be read'),
  version: 'Version',
  show: 'Show',
  appearance: 'Appearance',
  theme: { system: 'As the system', light: 'Light', dark: 'Dark' },
  hardware: 'This computer',
  hardwareHint: 'What Familiar found here, and what it uses.',
  backends: 'What runs the face models',
  backendsHint:
    'The fastest that gives the right numbers is used. Familiar measures them when it has nothing else to do.',
  inUse: 'In use',
  speed: (facesPerSecond: number, detectMs: number): string =>
    `${count(Math.round(facesPerSecond))} faces a second, ${count(Math.ceil(detectMs))} ms to look at a photo`,
  deviation: (difference: number): string =>
    difference === 0 ? 'exact numbers' : `numbers within ${difference.toExponential(0)}`,
  measure: 'Measure',
  measureAgain: 'Measure again',
  measuring: 'Measuring: this takes about a minute.',
  measureLater: 'To be measured when the photos are read.',
  measuredAt: (at: number): string =>
    `Measured on ${new Date(at).toLocaleDateString(undefined, { dateStyle: 'long' })}`,
  checking: 'Checking this computer',
  checkAgain: 'Check again',
  fine: 'Fine',
  attention: 'Needs attention',
  privacy: 'Privacy',
  promise: 'Nothing leaves this computer.',
  promiseHint: 'Photos, faces and names are read, learnt and kept here, in the folder above.',
} as const;
