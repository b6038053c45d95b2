import type {
  Calibration,
  FaceMap,
  GroupingDistances,
  LibraryMeasures,
  PersonQuality,
  ThresholdPreview,
} from '../../app/contract/measures.ts';
import { count, counted, distance, estimated, oneIn, percent, rate } from '../shared/numbers.ts';
import type { InsightsTab } from '../state/route.ts';
import type { SortKey } from './people-table.svelte.ts';

const faces = (n: number): string => counted(n, 'face', 'faces');
const people = (n: number): string => counted(n, 'person', 'people');
const pairs = (n: number): string => counted(n, 'pair', 'pairs');

const tabs: Readonly<Record<InsightsTab, string>> = {
  people: 'People',
  accuracy: 'How surely',
  distances: 'How strictly',
  map: 'Map',
};

const sortWords: Readonly<Record<SortKey, string>> = {
  name: 'Name',
  faces: 'Faces',
  right: 'Right',
  missing: 'Missing',
  nearest: 'Nearest other',
};

const partWords: Readonly<Record<LibraryMeasures['subgroups'][number]['by'], string>> = {
  age: 'By age',
  size: 'By size of the face',
  sharpness: 'By sharpness',
};

/** A whole number of things that is only expected: `none`, `about 3`, `about 1,200`. */
const about = (n: number): string =>
  n < 0.5 ? 'none' : `about ${count(n < 10 ? Math.round(n) : Number(n.toPrecision(2)))}`;

const missing = (n: number): string => (Math.round(n) === 0 ? '–' : count(Math.round(n)));
const right = ({ precision, low, high }: PersonQuality): string => estimated({ value: precision, low, high });

export const messages = {
  title: 'Insights',
  tabs,
  loading: 'Working it out',
  loadingPairs: 'Comparing the faces that you named, pair by pair',
  toPeople: 'Name people',
  toReview: 'Answer questions in Review',

  peopleHint: 'How well each person is known: what is shown as this person, and what is probably still missing.',
  peopleEmpty: 'Nobody has a name yet.',
  peopleEmptyNext: 'Name a few people; then this page says how well each of them is known.',
  sort: 'Sort',
  sortBy: sortWords,
  sorted: (down: boolean): string => (down ? 'largest first' : 'smallest first'),
  faces: count,
  right,
  rightRange: ({ low, high }: PersonQuality): string =>
    `In 19 of 20 cases between ${percent(low, 1)} and ${percent(high, 1)} of the faces are right.`,
  missing,
  nearest: ({ nearest }: PersonQuality): string =>
    nearest ? `${nearest.name}, ${distance(nearest.distance)}` : 'nobody near',
  person: (one: PersonQuality): string =>
    [
      one.name,
      faces(one.faces),
      `${count(one.confirmed)} confirmed`,
      `about ${right(one)} right`,
      Math.round(one.missing) === 0 ? 'probably none missing' : `perhaps ${missing(one.missing)} missing`,
      one.nearest ? `nearest other ${one.nearest.name}, ${distance(one.nearest.distance)}` : 'nobody near',
    ].join(', '),
  confirmed: (n: number): string => `${count(n)} confirmed`,

  fewTitle: 'Not enough to measure yet.',
  fewNext: 'Confirm two faces or more of several people: name groups, or answer questions in Review.',
  distancesAre: (what: string): string => `Measured with ${what}.`,
  basis: ({ pairs: n, same, people: who, faces: shown }: LibraryMeasures): string =>
    `Every pair of ${faces(shown)} of ${people(who)} that you named or confirmed: ${pairs(same)} of one person, ${pairs(n - same)} of two.`,
  headline: (share: number, far: number): string =>
    `${percent(share)} of the pairs of one person are recognised when ${oneIn(far)} pairs of two people is taken for one.`,
  figure: {
    accuracy: 'Pairs judged rightly',
    eer: 'Equal error',
    auc: 'Area under the curve',
    threshold: 'Best distance',
    f1: 'Groups like your people',
    precision: 'Pairs in a group that are right',
    recall: 'Pairs of one person in a group',
  },
  figureHint: {
    accuracy: 'At the best distance, on pairs that did not choose it.',
    eer: 'Where as many are refused wrongly as are accepted wrongly.',
    auc: '1 is perfect, 0.5 is a coin.',
    threshold: 'Two faces nearer than this are best taken for one person.',
    f1: 'B-cubed F1: 100 % where every group is one person, and every person one group.',
    precision: 'Of the pairs that share a group.',
    recall: 'The others are scattered over several groups.',
  },
  spread: (value: string, std: number): string => `${value} ± ${percent(std, 1)}`,
  percent,
  distance,
  auc: (value: number): string => value.toLocaleString(undefined, { maximumFractionDigits: 4 }),
  roc: 'Recognised, by strictness',
  rocHint: 'To the left stricter. Higher is better. The band holds the truth in 19 of 20 cases.',
  frr: 'Missed, by strictness',
  frrHint: 'The same seen from below: pairs of one person that are not recognised.',
  rateHead: ['Two people taken for one', 'One person recognised', 'One person missed'],
  rateOf: (far: number): string => `${rate(far)} (${oneIn(far)})`,
  parts: 'Where it is harder',
  partsHint: 'The same for parts of the faces. Few pairs say little.',
  part: partWords,
  partHead: (far: number): readonly string[] => ['', 'Faces', 'Pairs', 'Equal error', `Recognised at ${rate(far)}`],
  unknown: '–',

  histogram: 'Distances of one person and of two',
  histogramHint:
    'The further left, the more alike two faces are. Drag the lines, or use the arrow keys, to see what stricter or looser groups would be like.',
  samePairs: 'One person',
  differentPairs: 'Two people',
  axisDistance: 'Distance of two faces',
  binHead: ['Distance', 'One person', 'Two people'],
  handle: {
    eps: 'Faces are linked up to',
    acceptance: 'Groups are held together up to',
  } as const satisfies Record<keyof GroupingDistances, string>,
  handleShort: { eps: 'Link', acceptance: 'Hold' } as const satisfies Record<keyof GroupingDistances, string>,
  together: 'Move both together',
  preview: 'What that would give',
  previewing: 'Grouping on trial…',
  previewFailed: 'That could not be tried.',
  now: (value: string): string => `now ${value}`,
  groups: 'Groups',
  alone: 'Faces alone',
  doubtful: 'Doubtful faces',
  doubtfulHint: 'Nearly as near to another group, or nearly too far.',
  falsePairs: 'Wrong pairs expected',
  falsePairsHint: 'Two people in one group, in the whole library; in 19 of 20 cases within the range.',
  moved: 'Faces that would change their person',
  merged: 'Named people who would be merged, but for what you said',
  bcubed: 'Groups like your people',
  range: ({ falsePairsLow: low, falsePairsHigh: high }: ThresholdPreview): string | undefined =>
    low === null || high === null ? undefined : `${count(Math.floor(low))} to ${count(Math.ceil(high))}`,
  expected: (pairs: number | null): string => (pairs === null ? 'not known yet' : about(pairs)),
  movedOf: ({ moved, peopleTouched }: ThresholdPreview): string =>
    moved === 0 ? 'none' : `${count(moved)} of ${people(peopleTouched)}`,
  noneOr: (n: number): string => (n === 0 ? 'none' : count(n)),
  count,
  suggested: 'Suggested from what you said',
  noSuggestion: 'No suggestion yet',
  distances: ({ eps, acceptance }: GroupingDistances): string =>
    `${distance(eps)} to link, ${distance(acceptance)} to hold`,
  showSuggested: 'Preview',
  apply: 'Use these distances',
  applyHint: 'Move a line, or preview the suggestion, first.',
  applying: 'Grouping every face anew…',
  toCurrent: 'As it is now',
  restore: 'Back to the model’s own',
  own: ({ current, standard }: Calibration): string =>
    current.eps === standard.eps && current.acceptance === standard.acceptance
      ? 'In use are the model’s own distances'
      : 'In use are distances of your own',

  map: 'Map of the faces',
  mapHint: ({ points, total }: FaceMap): string =>
    `Faces that look alike lie close together.${points.length < total ? ` ${count(points.length)} of ${faces(total)} are shown.` : ` ${faces(total)}.`}`,
  mapKeys: 'Arrow keys go from face to face, Enter opens the person, + and − zoom, Home shows all.',
  mapEmpty: 'No faces yet.',
  mapEmptyNext: 'The map appears with the first few faces.',
  nobody: 'No name',
  show: 'Show',
  everybody: 'Everybody',
  zoomIn: 'Closer',
  zoomOut: 'Further away',
  zoomAll: 'Show all',
} as const;
