import type { MergePreview, Person, PersonEstimate } from '../../app/contract/model.ts';
import { count, counted, estimated, percent } from '../shared/numbers.ts';
import { age, day, years } from '../shared/dates.ts';

const list = (names: readonly string[]): string => new Intl.ListFormat(undefined).format(names);
const photos = (n: number): string => counted(n, 'photo', 'photos');

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
  others: 'Others',
  showHidden: 'Hidden people',
  hiddenTitle: 'Hidden people',
  hiddenEmpty: 'Nobody is hidden.',
  hiddenHint: 'Hidden people stay out of People, search and suggestions. Their photos stay.',

  mergeTitle: (name: string): string => `Is this the same ${name}?`,
  mergeConfirm: (from: string | null, into: string): string => `Merge ${from ?? 'this group'} into ${into}?`,
  merge: 'Merge',
  mergeResult: ({ name, faces, photos: n, firstAt, lastAt, namesLost }: MergePreview, now: number): string => {
    const parts = [name ?? 'One group', counted(faces, 'face', 'faces'), photos(n), years(firstAt, lastAt, now)];
    const lost = namesLost.length > 0 ? ` The name ${list(namesLost)} goes.` : '';
    return `${parts.filter((part) => part !== null).join(' · ')}.${lost} You can undo it.`;
  },
  mergeTogether: (n: number): string =>
    n === 1 ? 'Both are in this photo. Is it a mirror?' : `Both are in ${photos(n)}. Are they really one person?`,
  mergeOverrules: (n: number): string =>
    n === 1
      ? 'You said of a face that it is not the other. The merge overrules that.'
      : `You said of ${count(n)} faces that they are not the other. The merge overrules that.`,
  same: 'Same person',
  apart: 'Someone else with that name',
  onlyFace: 'Only this face',
  cancel: 'Cancel',

  name: 'Name',
  rename: 'Change the name',
  summary: (person: Person, now: number): string =>
    [photos(person.photos), years(person.firstAt, person.lastAt, now)].filter((part) => part !== null).join(' · '),
  oftenWith: 'often with',
  together: (name: string, n: number): string => `${photos(n)} together with ${name}`,
  born: (at: number, now: number): string =>
    [`Born ${day(at)}`, age(at, now)].filter((part) => part !== null).join(' · '),
  birth: 'Date of birth',
  addBirth: 'Add a date of birth',
  changeBirth: 'Change the date of birth',
  birthHint: 'Ages are then shown at photos, and help to know a child from the adult.',
  save: 'Save',
  removeBirth: 'Remove',

  estimate: ({ precision, missing }: PersonEstimate): string =>
    `About ${estimated(precision)} right, ${missingWords(missing.value)}`,
  estimateWhy: 'How do you know?',
  estimateBasis: ({ faces, confirmed, removed, precision, missing, asked }: PersonEstimate): readonly string[] => [
    `You confirmed ${count(confirmed)} of ${counted(faces, 'face', 'faces')}${removed > 0 ? `, and took ${count(removed)} away that were wrong` : ''}. The others are judged by how far each lies from the rest of this person and from the next person or group.`,
    `In 19 of 20 cases between ${percent(precision.low, 1)} and ${percent(precision.high, 1)} of them are right.`,
    `What is missing is counted from ${counted(asked, 'open question', 'open questions')} of the review: in 19 of 20 cases between ${count(Math.floor(missing.low))} and ${counted(Math.ceil(missing.high), 'face', 'faces')}. Faces that were not found in a photo at all do not count.`,
  ],

  tabPhotos: 'Photos',
  tabFaces: 'Faces',
  hide: 'Hide',
  unhide: 'Show again',
  mergeInto: 'Merge into…',
  mergeIntoTitle: (name: string | null): string => (name === null ? 'Merge this group into' : `Merge ${name} into`),
  mergeIntoHint: 'Type the name of someone who is already named.',
  nobodyNamed: 'Nobody has that name.',

  erase: 'Erase for good',
  eraseOpen: 'Erase…',
  erasing: 'Erasing',
  eraseWord: 'erase',
  eraseTitle: (name: string | null): string => `Erase ${name ?? 'this group'}`,
  eraseGoes: (n: number): string =>
    `The name, ${counted(n, 'face', 'faces')}, everything learnt from them and every trace in the history go.`,
  eraseStays: 'The photos stay, and no scan finds these faces in them again. In new photos they are a stranger.',
  eraseForGood: 'This is the one thing that cannot be undone.',
  eraseType: (wanted: string): string => `Type ${wanted} to go on`,
  erased: (name: string | null, n: number): string =>
    `Erased ${name ?? 'a group'} with ${counted(n, 'face', 'faces')}.`,

  held: (n: number, names: readonly (string | null)[]): string =>
    `${counted(n, 'face', 'faces')} of ${names.length === 1 && names[0] ? names[0] : `${count(names.length)} people`} may be somebody else.`,
  heldLook: 'Look',
  heldTitle: 'May be somebody else',
  heldHint: 'Seen with all your photos, these faces fit better elsewhere. Nothing changes until you say so.',
  heldFrom: (n: number, name: string | null): string => `${counted(n, 'face', 'faces')} from ${name ?? 'a group'}`,
  heldTo: (name: string | null): string => `to ${name ?? 'a group'}`,
  heldToGroup: 'to a group of their own',
  heldToNobody: 'to nobody yet',
  heldKeep: (name: string | null): string => `They are ${name ?? 'one person'}`,
  heldApply: 'Move them',
  heldKeepAll: 'Keep all as they are',
  heldApplyAll: 'Move all',

  showAll: (n: number): string => `Show all groups (${count(n)} more)`,
  showAllHint: 'Groups of few faces, small in the photo or blurred.',

  overruledLink: 'Overruled corrections',
  overruledTitle: 'Overruled corrections',
  overruledHint: 'What you said once and something you said later contradicts. The newer word holds.',
  overruledEmpty: 'Nothing is overruled.',
  overruledSaid: (words: string): string => `You said: ${words.charAt(0).toLocaleLowerCase()}${words.slice(1)}.`,
  putBack: 'Say it again',

  statuesLink: 'Statues and pictures',
  statuesTitle: 'Statues and pictures',
  statuesHint: 'Faces that are nobody’s. They stay out of People, review and suggestions; their photos stay.',
  statuesEmpty: 'No statues or pictures yet.',
  isStatue: 'Not a person',
  isPerson: 'A person after all',
  onePerson: 'One person',
  differentPeople: 'Different people',

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
  setCover: 'Set as cover',
  compare: 'Compare…',
  goTo: (name: string): string => `All photos of ${name}`,
  rightOne: 'Who is it really?',
} as const;
