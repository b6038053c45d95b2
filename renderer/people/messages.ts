import type { Person } from '../../app/contract/model.ts';
import { count, counted } from '../shared/numbers.ts';
import { years } from '../shared/dates.ts';

const photos = (n: number): string => counted(n, 'photo', 'photos');

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
  face: (confirmed: boolean, at: string): string => (confirmed ? `Face, confirmed, ${at}` : `Face, ${at}`),
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
