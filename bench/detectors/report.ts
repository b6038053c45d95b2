import { median } from '../models/statistics.ts';
import { table } from '../models/table.ts';
import { compositeRows } from './composites.ts';
import { above, thresholdFor, type Outcome } from './score.ts';
import { withInterval } from './wilson.ts';

/** Share of what is found that has to be faces, where detectors are compared. */
const precision = 0.99;

export interface Measured {
  readonly name: string;
  /** The score from which on the pack takes a face for one. */
  readonly shipped: number;
  readonly outcomes: readonly Outcome[];
}

/** Recall of each detector where 99 % of what it finds are faces, and as it is shipped, with the CPU time of a photo. */
export function compare(measured: readonly Measured[]): string {
  const head = [
    'detector',
    'recall at 99 % precision',
    'from score',
    'as shipped: recall',
    'precision',
    'CPU ms a photo',
  ];
  const rows = measured.map(({ name, shipped, outcomes }) => {
    const threshold = thresholdFor(outcomes, precision);
    const hits = outcomes.flatMap((outcome) => outcome.hits);
    const wrong = outcomes.flatMap((outcome) => outcome.wrong);
    const found = above(hits, shipped);
    const composed = outcomes.filter(({ row }) => row.endsWith(' px'));
    return [
      name,
      withInterval(above(hits, threshold), hits.length),
      threshold.toFixed(2),
      withInterval(found, hits.length),
      withInterval(found, found + above(wrong, shipped)),
      median(composed.map(({ ms }) => ms)).toFixed(0),
    ];
  });
  return table(head, rows);
}

/** Recall at 99 % precision by what is difficult about the faces. */
export function breakDown(measured: readonly Measured[]): string {
  const rows = ['group photos', 'lfw-dev as it is', ...compositeRows].map((row) => {
    const cells = measured.map(({ outcomes }) => {
      const hits = outcomes.filter((outcome) => outcome.row === row).flatMap((outcome) => outcome.hits);
      return { count: hits.length, text: withInterval(above(hits, thresholdFor(outcomes, precision)), hits.length) };
    });
    return [row, String(cells[0]?.count ?? 0), ...cells.map(({ text }) => text)];
  });
  return table(['faces', 'number', ...measured.map(({ name }) => name)], rows);
}

export interface TurnedOutcome extends Outcome {
  /** More looks were taken. */
  readonly paid: boolean;
  readonly moreMs: number;
  /** One a face, without the further looks. */
  readonly before: readonly number[];
}

/** What the looks at turned photos find, who pays for them, and how much. */
export function turnedTable(outcomes: readonly TurnedOutcome[], shipped: number): string {
  const rows = [...new Set(outcomes.map(({ row }) => row))].map((row) => {
    const some = outcomes.filter((outcome) => outcome.row === row);
    const [hits, before] = [some.flatMap((one) => one.hits), some.flatMap((one) => one.before)];
    const paying = some.filter(({ paid }) => paid);
    return [
      row,
      String(some.length),
      String(hits.length),
      withInterval(above(before, shipped), before.length),
      withInterval(above(hits, shipped), hits.length),
      String(
        above(
          some.flatMap((one) => one.wrong),
          shipped,
        ),
      ),
      withInterval(paying.length, some.length),
      paying.length > 0 ? median(paying.map(({ moreMs }) => moreMs)).toFixed(0) : '–',
    ];
  });
  const head = [
    'photos',
    'number',
    'faces',
    'recall without',
    'recall with',
    'wrong',
    'photos that pay',
    'more CPU ms for them',
  ];
  return table(head, rows);
}
