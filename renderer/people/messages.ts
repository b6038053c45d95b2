import type { Person, PersonEstimate } from '../../app/contract/model.ts';
import { count, counted } from '../shared/numbers.ts';
import { age, day, years } from '../shared/dates.ts';

const photos = (n: number): string => counted(n, 'photo', 'photos');

/** 99.6 % is not 100 %: only what is certain is. */
const percent = (share: number): string =>
  (share >= 1 ? 1 : Math.min(0.999, share)).toLocaleString(undefined, {
    style: 'percent',
    maximumFractionDigits: share >= 0.995 ? 1 : 0,
  });
const margin = ({ low, high }: PersonEstimate['precision']): string => {
  const points = Math.round(50 * (high - low));
  return points === 0 ? '' : ` (± ${count(points)})`;
};
const missingWords = (missing: number): string => {
  const faces = Math.round(missing);
  if (faces === 0) return 'probably no face missing';
  return `perhaps ${counted(faces, 'face', 'faces')} missing`;
};

export const messages = {
  title: 'People',
  who: 'Who is this?',
  whoHint: 'Type a name and press Enter. Tab goes on to the next.',
  nameLabel: (person: Person): string => `Who is this? A group with ${photos(person.photos)}`,
  photos,
  tile: (name: string | null, person: Person): string => `${name ?? 'No name yet'}, ${photos(person.photos)}`,
  suggestion: (person: Person): string => photos(person.photos),
  empty: 'No people yet.',
  emptyNext: 'Faces appear here while your photos are read. Each group of one person needs its name only once.',
  loading: 'Loading people',
  showHidden: 'Hidden people',
  hiddenTitle: 'Hidden people',
  hiddenEmpty: 'Nobody is hidden.',
  hiddenHint: 'Hidden people stay out of People, search and suggestions. Their photos stay.',

  mergeTitle: (name: string): string => `Is this the same ${name}?`,
  mergeHint: 'Merged, they become one person with all these photos. You can undo it.',
  same: 'Same person',
  apart: 'Someone else with that name',
  onlyFace: 'Only this face',
  cancel: 'Cancel',

  name: 'Name',
  addName: 'Add a name',
  rename: 'Change the name',
  summary: (person: Person, often: readonly string[], now: number): string =>
    [
      photos(person.photos),
      years(person.firstAt, person.lastAt, now),
      often.length > 0 ? `often with ${new Intl.ListFormat(undefined).format(often)}` : null,
    ]
      .filter((part) => part !== null)
      .join(' · '),
  born: (at: number, now: number): string =>
    [`Born ${day(at)}`, age(at, now)].filter((part) => part !== null).join(' · '),
  birth: 'Date of birth',
  addBirth: 'Add a date of birth',
  changeBirth: 'Change the date of birth',
  birthHint: 'Ages are then shown at photos, and help to know a child from the adult.',
  save: 'Save',
  removeBirth: 'Remove',

  estimate: ({ precision, missing }: PersonEstimate): string =>
    `About ${percent(precision.value)} right${margin(precision)}, ${missingWords(missing.value)}`,
  estimateWhy: 'How do you know?',
  estimateBasis: ({ faces, confirmed, removed, precision, missing, asked }: PersonEstimate): readonly string[] => [
    `Of ${counted(faces, 'face', 'faces')} you confirmed ${count(confirmed)} and took ${count(removed)} away; these are certain.`,
    'The others are judged by how far each lies from the rest of this person and from the next person or group.',
    `It is 95 % likely that ${percent(precision.low)} to ${percent(precision.high)} are right.`,
    `What is missing is counted from ${counted(asked, 'open question', 'open questions')} of the review: between ${count(Math.floor(missing.low))} and ${count(Math.ceil(missing.high))} faces.`,
    'Faces that were not found in a photo at all do not count.',
  ],

  tabPhotos: 'Photos',
  tabFaces: 'Faces',
  hide: 'Hide',
  unhide: 'Show again',
  mergeInto: 'Merge into…',
  mergeIntoTitle: (name: string | null): string => (name === null ? 'Merge this group into' : `Merge ${name} into`),
  mergeIntoHint: 'Type the name of someone who is already named.',
  nobodyNamed: 'Nobody has that name.',

  tabSuggestions: 'Suggestions',
  noSuggestions: 'Nobody else looks like the same person.',
  suggestionsHint: 'Others whose faces lie close by. What you answer lasts, and can be undone.',
  isSame: (name: string | null): string => (name === null ? 'Is this the same person?' : `Is this ${name}?`),
  yes: 'Yes, merge',
  no: 'No',
  split: 'Split…',
  splitTitle: (name: string | null): string => (name === null ? 'Split this group' : `Split ${name}`),
  splitHint: 'Parts that look alike. Split off each that is somebody else; a name is welcome and not needed.',
  onePart: 'These faces do not fall into parts. To take single ones out, select them under Faces.',
  twoPeople: 'This looks like two people.',
  showParts: 'Show the parts',
  stays: 'Stays',
  splitOff: 'Split off',
  splitWho: (faces: number): string => `Who is this? A part with ${counted(faces, 'face', 'faces')}`,
  parting: 'Looking for parts',

  faces: (n: number): string => counted(n, 'face', 'faces'),
  face: (confirmed: boolean, at: string, old: string | null): string =>
    ['Face', confirmed ? 'confirmed' : null, at, old].filter((part) => part !== null).join(', '),
  noDate: 'no date',
  selected: (n: number): string => `${count(n)} selected`,
  clear: 'Clear the selection',
  selectAll: 'Select all',
  openPhoto: 'Open photo',
  notPerson: (name: string | null): string => (name === null ? 'Not this person' : `Not ${name}`),
  notFace: 'Not a face',
  moveTo: 'Move to…',
  moveTitle: (n: number): string => (n === 1 ? 'Who is this?' : `Who is on these ${count(n)} faces?`),
  move: 'Move',
  setCover: 'Set as cover',
  goTo: (name: string): string => `All photos of ${name}`,
  rightOne: 'Who is it really?',
} as const;
