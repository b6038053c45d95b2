import { duration } from '../shared/dates.ts';
import { bytes, count, counted } from '../shared/numbers.ts';

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
  /** `difference`: the largest between a number of an embedding and what it should be. */
  deviation: (difference: number): string =>
    difference === 0 ? 'exact numbers' : `numbers right to ${count(Math.floor(-Math.log10(difference)))} places`,
  measure: 'Measure',
  measureAgain: 'Measure again',
  measuring: 'Measuring: this takes about a minute.',
  measureLater: 'To be measured when the photos are read.',
  measuredAt: (at: number): string =>
    `Measured on ${new Date(at).toLocaleDateString(undefined, { dateStyle: 'long' })}`,
  models: 'Face models',
  modelsHint: 'What tells people apart. Another one can be fetched and used; names and corrections stay as they are.',
  detectors: 'What finds faces',
  get: 'Get',
  getLabel: (title: string): string => `Get ${title}`,
  getting: (share: number | null, size: number): string =>
    share === null ? `Asking for ${bytes(size)}` : `${Math.floor(100 * share)} % of ${bytes(size)}`,
  finishing: 'Putting it together and trying it',
  stop: 'Stop',
  stopLabel: (title: string): string => `Stop getting ${title}`,
  use: 'Use',
  useLabel: (title: string): string => `Use ${title}`,
  remove: 'Remove',
  removeLabel: (title: string): string => `Remove ${title}`,
  cost: (faces: number, seconds: number | null): string =>
    faces === 0
      ? 'There are no faces yet: the change costs nothing.'
      : `Looks at ${counted(faces, 'face', 'faces')} anew in the background${seconds === null ? '' : `, ${duration(seconds)}`}. Until then the old one serves.`,
  changing: (done: number, total: number): string =>
    `Changing to it: ${count(done)} of ${counted(total, 'face', 'faces')}`,
  changingSoon: 'Changing to it',
  keepOld: 'Keep the old one',
  notMeasured: 'Nobody has measured it here.',
  onDisk: (size: number): string => `${bytes(size)} on the disk`,
  toFetch: (size: number): string => `${bytes(size)} to fetch`,
  checking: 'Checking this computer',
  fine: 'Fine',
  attention: 'Needs attention',
  privacy: 'Privacy',
  promise: 'Nothing leaves this computer.',
  promiseHint: 'Photos, faces and names are read, learnt and kept here, in the folder above.',
} as const;
