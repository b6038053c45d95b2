import type { HeadVersion, TrainingSettings, TuningRun, TuningState } from '../../app/contract/tuning.ts';
import { count, counted, oneIn, percent } from '../shared/numbers.ts';
import type { Compared, MeasureName, OutcomeName } from './head-figures.ts';
import { rangeOf, type NumberName, type SettingName } from './training-draft.svelte.ts';

const faces = (n: number): string => counted(n, 'face', 'faces');
const people = (n: number): string => counted(n, 'person', 'people');
const when = (at: number): string => new Date(at).toLocaleDateString(undefined, { dateStyle: 'long' });
const whenShort = (at: number): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const decimals = (value: number, digits: number): string =>
  value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });

const measureWords: Readonly<Record<MeasureName, { readonly label: string; readonly hint: string }>> = {
  known: { label: 'People it learnt', hint: 'Two photos of one person, recognised as such. Photos it had not seen.' },
  unseen: { label: 'People kept aside', hint: 'The same for people it was never shown.' },
  everybody: { label: 'Everybody', hint: 'The same for all of them, and among strangers.' },
  f1: { label: 'Groups', hint: 'How well groups of these photos match their people.' },
};

/** By how much a share rose, in points of a hundred. */
const points = ({ before, after }: Compared): string => {
  const change = 100 * (after - before);
  const shown = Math.abs(change) < 0.05 ? 0 : change;
  return shown.toLocaleString(undefined, { signDisplay: 'exceptZero', maximumFractionDigits: 1 });
};

const runWords: Readonly<Record<TuningRun['state'], string>> = {
  gathering: 'Gathering what you said about your people',
  training: 'Learning',
  judging: 'Trying it on photos it has not seen',
  paused: 'Paused',
  adopting: 'Comparing every face anew',
};

const stateWords: Readonly<Record<HeadVersion['state'], string>> = {
  waiting: 'Waits for you',
  adopted: 'Used before',
  declined: 'Kept as it was',
  refused: 'Not better',
};

const settingWords: Readonly<Record<SettingName, { readonly label: string; readonly hint: string }>> = {
  people: { label: 'People in a batch', hint: 'How many people each step looks at.' },
  faces: { label: 'Faces of each', hint: 'How many faces of each of these people.' },
  lone: { label: 'Strangers in a batch', hint: 'Faces of nobody known, to tell people from.' },
  margin: {
    label: 'Margin',
    hint: 'How much nearer two faces of one person have to be than two people, in squared distance.',
  },
  mining: { label: 'Which to learn from', hint: 'Which mistakes and near misses each step learns from.' },
  steps: { label: 'Steps', hint: 'How long it learns.' },
  rate: { label: 'Rate', hint: 'How much the first step changes; it falls to nothing at the end.' },
};

const rangeWords = (name: NumberName): string => {
  const { least, most, whole } = rangeOf(name);
  return whole ? `${count(least)} to ${count(most)}` : `Up to ${count(most)}`;
};

const miningWords: Readonly<Record<TrainingSettings['mining'], string>> = {
  hard: 'Hard: the worst mistakes',
  'semi-hard': 'Semi-hard: near misses',
  all: 'All',
};

export const messages = {
  title: 'Improve',
  loading: 'Looking at what has been learnt',
  nothingLearnt: 'Nothing has been learnt from you yet: faces are compared by the face model alone.',
  learnt: ({ data, before, after }: HeadVersion): string => {
    const basis = `Familiar has learnt from ${faces(data.faces)} of ${people(data.people)}.`;
    const [from, to] = [before.known ?? before.everybody, after.known ?? after.everybody];
    if (from === null || to === null) return basis;
    return `${basis} Of two new photos of one person it now sees ${percent(to)} as the same; the version before saw ${percent(from)}.`;
  },
  about:
    'What you named and corrected teaches Familiar how your people differ. It is tried on photos kept aside, and offered only where it is surely better. Names and corrections stay as they are, and one click takes it back.',

  start: 'Learn from your corrections',
  again: 'Learn again',
  material: ({ material }: TuningState): string =>
    `A run would learn from ${faces(material.faces)} of ${people(material.people)}.`,
  fresh: (n: number): string =>
    n === 0 ? 'Nothing was confirmed or corrected since the last run.' : `${faces(n)} confirmed or corrected since.`,
  lacking: 'Not enough to learn from yet',
  toReview: 'Answer questions in Review',
  toPeople: 'Name people',
  automatic: 'Learn by itself when enough is new',
  automaticHint: 'Runs only while nothing else is to do. What it finds is offered here; nothing is used without you.',

  run: runWords,
  automaticRun: 'Started by itself, because enough was new.',
  step: ({ step, steps }: TuningRun): string => `Step ${count(step)} of ${count(steps)}`,
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
  loss: 'What is left to learn',
  lossHint: 'The loss: 0 where every face lies nearer to its person than to anybody else.',
  active: 'Faces that still teach something',
  activeHint: 'Share of pairs for which somebody else still comes too near.',
  plotStep: 'Step',
  plotLoss: 'Loss',
  plotActive: 'Share',
  plotEmpty: 'Appears with the first steps.',
  plotSummary: (from: string, to: string): string => `From ${from} at the first step to ${to} now.`,
  remedies: 'What went wrong on the way, and what was done about it',

  better: 'It has learnt something',
  betterHint: 'Nothing has changed yet.',
  use: 'Use it',
  keep: 'Keep as it was',
  using: 'Comparing every face anew…',
  refused: 'The last run changed nothing',
  problem: 'The last run did not come to an end',

  measure: (name: MeasureName): string => measureWords[name].label,
  measureHint: (name: MeasureName): string => measureWords[name].hint,
  compared: 'Before and after',
  before: 'Before',
  after: 'After',
  change: 'Points',
  points,
  share: (share: number): string => percent(share, 1),
  far: (far: number | null): string =>
    far === null
      ? 'There were too few pairs for rates of mistakes, so the groups decided.'
      : `At a strictness where ${oneIn(far)} pairs of two different people is taken for one person.`,
  leastGain: (gain: number): string => `With 99.5 % confidence the gain is at least ${decimals(100 * gain, 1)} points.`,
  nothingMeasured: 'There was nothing to measure.',

  outcome: {
    recognised: 'Now recognised',
    apart: 'Now told apart',
    missed: 'No longer recognised',
    confused: 'Now confused',
  } as const satisfies Record<OutcomeName, string>,
  outcomeHint: {
    recognised: 'One person, taken for two before.',
    apart: 'Two people, taken for one before.',
    missed: 'One person, now taken for two.',
    confused: 'Two people, now taken for one.',
  } as const satisfies Record<OutcomeName, string>,
  morePairs: (n: number): string => `Show all ${count(n)}`,
  onePerson: 'Two faces of one person',
  twoPeople: 'Faces of two people',
  examples: 'The doubtful pairs that changed',

  versions: 'Earlier versions',
  versionsHint: 'What came of every run. Going back to an earlier version takes one click.',
  version: ({ at }: HeadVersion): string => whenShort(at),
  none: 'The face model alone',
  noneHint: 'Without anything learnt from you.',
  inUse: 'In use',
  state: stateWords,
  /** A refused version is not kept, whatever it was made for. */
  foreign: ({ usable, state, embedder }: HeadVersion): string | null =>
    usable || state === 'refused' ? null : `Made for ${embedder}, which is not in use.`,
  basis: ({ data }: HeadVersion): string => `${faces(data.faces)} of ${people(data.people)}`,
  figures: ({ name, before, after }: Compared): string =>
    `${measureWords[name].label} ${percent(before, 1)} → ${percent(after, 1)}`,
  useThis: 'Use this one',
  useLabel: (name: string): string => `Use the version of ${name}`,
  useNone: 'Use the face model alone',
  details: 'Details',
  used: (head: HeadVersion | null): string =>
    head ? `Faces are compared as learnt on ${when(head.at)}` : 'Faces are compared by the face model alone',
  declined: 'Kept as it was. You find the version in the list.',
  undo: 'Undo',

  learntFrom: 'Learnt from',
  data: ({ data }: HeadVersion): readonly string[] => [
    `${faces(data.faces)} of ${people(data.people)} with a name`,
    `${people(data.guessed)} guessed from faces that lie close together`,
    `${faces(data.strangers)} of nobody known`,
    `${faces(data.heldOut)} of these kept aside to judge by`,
  ],
  strength: 'Strength',
  strengthHint: (strength: number): string => `${percent(strength)} of what was learnt is used`,
  wentOnFrom: 'Went on from',
  wentOn: (head: HeadVersion | null): string =>
    head ? `the version of ${whenShort(head.at)}` : 'the face model alone',
  embedder: 'Face model',
  settings: 'Settings',
  seed: 'Seed',

  advanced: 'Advanced settings',
  advancedHint: 'For the next run. What is recommended has been measured; other values can only be refused, not harm.',
  setting: (name: SettingName): string => settingWords[name].label,
  settingHint: (name: SettingName): string =>
    name === 'mining' ? settingWords.mining.hint : `${rangeWords(name)}. ${settingWords[name].hint}`,
  mining: miningWords,
  settingValue: (name: SettingName, settings: TrainingSettings): string =>
    name === 'mining'
      ? miningWords[settings.mining]
      : settings[name].toLocaleString(undefined, { maximumFractionDigits: 4 }),
  wrong: 'Not possible.',
  reset: 'As recommended',
} as const;
