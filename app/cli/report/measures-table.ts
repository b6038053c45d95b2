import type { Output } from '../../contract/api.ts';
import type { ClusterMeasure, LibraryMeasures, PairMeasures } from '../../contract/measures.ts';
import { table } from '../table.ts';

/** What any of the three measurements gives. */
export type Measures = PairMeasures &
  Partial<Omit<LibraryMeasures, keyof PairMeasures>> &
  Pick<Partial<Output<'evaluate.folders'>>, 'crossAge'>;

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** The measures in lines for a person. */
export function measuresTable(measures: Measures): string {
  return table(measuresRows(measures));
}

/** Name and value of everything that is measured, in words. */
export function measuresRows(measures: Measures): string[][] {
  const { crossAge, people, faces, subgroups = [] } = measures;
  const counted = people === undefined ? [] : [['people', `${people}, with ${faces} faces that you said are theirs`]];
  const across = crossAge ? pairRows(crossAge).map(([name = '', value = '']) => [`across ages: ${name}`, value]) : [];
  return [
    ['distances', measures.distances],
    ...counted,
    ...pairRows(measures),
    ...across,
    ...subgroups.map(({ by, name, faces: some, eer, tar }) => [
      `${by}: ${name}`,
      eer === null
        ? `${some} faces: nothing to compare`
        : `${some} faces, EER ${percent(eer)}, TAR at FAR 0.001 ${percent(tar['0.001'] ?? 0)}`,
    ]),
  ];
}

type Pairs = PairMeasures & {
  readonly bcubed?: ClusterMeasure | undefined;
  readonly pairwise?: ClusterMeasure | undefined;
};

function pairRows(measures: Pairs): string[][] {
  const groups = (name: string, value: ClusterMeasure | undefined): string[][] =>
    value
      ? [[name, `precision ${percent(value.precision)}, recall ${percent(value.recall)}, F1 ${percent(value.f1)}`]]
      : [];
  return [
    ['accuracy', `${percent(measures.accuracy)} ± ${percent(measures.std)}`],
    ['AUC', measures.auc.toFixed(5)],
    ['EER', percent(measures.eer)],
    ...Object.entries(measures.tar).map(([far, tar]) => [
      `TAR at FAR ${far}`,
      percent(tar) + bandAt(measures, Number(far)),
    ]),
    ...Object.entries(measures.frr).map(([far, frr]) => [`FRR at FAR ${far}`, percent(frr)]),
    ['threshold', measures.threshold.toFixed(4)],
    ['pairs', `${measures.pairs}, of which ${measures.same} of one person`],
    ['undetected', String(measures.undetected)],
    ...groups('B-cubed', measures.bcubed),
    ...groups('pairwise', measures.pairwise),
  ];
}

/** The 95 % interval at a false accept rate. */
function bandAt({ roc }: PairMeasures, far: number): string {
  const point = roc.findLast((one) => one.far <= far);
  return point ? ` (95 %: ${percent(point.low)} to ${percent(point.high)})` : '';
}
