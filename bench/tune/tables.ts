import { fars, groups, type Outcome } from './outcome.ts';

const titles = {
  heldOut: 'held-out photos of labelled people',
  never: 'people never labelled',
  everybody: 'everybody',
};

/** One run in a line. */
export function tell({ seed, adopted, strength, reason, margin, gate, cpu, before, after, asked }: Outcome): string {
  const percent = (group: number): string =>
    fars
      .map((_, far) => `${hundred(before.tars[group]?.[far], 1)} → ${hundred(after.tars[group]?.[far], 1)}`)
      .join(', ');
  const verdict = adopted ? `adopted at ${strength}` : `refused (${reason})`;
  return (
    `seed ${seed}: ${verdict}, ${hundred(gate.before, 1)} → ${hundred(gate.after, 1)}, at least +${hundred(gate.leastGain, 2)}; ` +
    `margin ${margin}; held out ${percent(0)}; never ${percent(1)}; everybody ${percent(2)}; ` +
    `error ${before.error.toFixed(4)} → ${after.error.toFixed(4)}, seen ${before.seen.toFixed(4)} → ${after.seen.toFixed(4)}, asked about ${asked}; ${cpu.toFixed(1)} s of CPU`
  );
}

/** Means over runs, refused ones counted as no change. */
export function summary(outcomes: readonly Outcome[]): string {
  const adopted = outcomes.filter((outcome) => outcome.adopted).length;
  const lines = [
    `\nadopted in ${adopted} of ${outcomes.length} runs; ${mean(outcomes.map(({ cpu }) => cpu)).toFixed(1)} s of CPU each\n`,
    '| | before | after | mean change | lower 95 % bound | worst run |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  for (const [at, far] of fars.entries()) {
    const regained = outcomes.map((outcome) => {
      const [before, after] = tarsOf(outcome, 0, at);
      return (100 * (after - before)) / (1 - before);
    });
    lines.push(`| of what was missing regained at FAR ${far}, % | | | ${change(regained, 1)} |`);
  }
  for (const [group, name] of groups.entries()) {
    for (const [at, far] of fars.entries()) {
      const pairs = outcomes.map((outcome) => tarsOf(outcome, group, at).map((tar) => 100 * tar) as [number, number]);
      lines.push(row(`${titles[name]}, TAR at FAR ${far}, %`, pairs, 2));
    }
  }
  for (const [of, name] of [
    ['error', 'B-cubed error of the groups by distances alone, %'],
    ['seen', 'B-cubed error of what the user sees, %'],
    ['seenAround', 'B-cubed error of it at distances up to 1 % away, %'],
  ] as const) {
    const errors = outcomes.map(({ before, after }): [number, number] => [100 * before[of], 100 * after[of]]);
    lines.push(row(name, errors, 3));
  }
  lines.push(`\nquestions asked about groups: ${outcomes.map(({ asked }) => asked).join(', ')}`);
  return lines.join('\n');
}

/** What a series with wrong labels came to. */
export function wrongLabels(what: string, outcomes: readonly Outcome[]): string {
  const adopted = outcomes.filter((outcome) => outcome.adopted);
  const harmed = adopted.filter((outcome) =>
    groups.some((_, group) => fars.some((__, at) => tarsOf(outcome, group, at)[1] < tarsOf(outcome, group, at)[0])),
  ).length;
  const gains = fars.map((far, at) => {
    const points = mean(adopted.map((one) => 100 * (tarsOf(one, 0, at)[1] - tarsOf(one, 0, at)[0])));
    return `${points.toFixed(2)} at ${far}`;
  });
  const brought = adopted.length > 0 ? `, held-out photos gain ${gains.join(', ')} points on average` : '';
  const worse = adopted.filter(({ before, after }) => after.seen > before.seen).length;
  return `\nlabels ${what}: ${adopted.length} of ${outcomes.length} heads adopted${brought}; ${harmed} lower in any measure, ${worse} with more errors in what the user sees`;
}

function tarsOf({ before, after }: Outcome, group: number, far: number): [before: number, after: number] {
  return [before.tars[group]?.[far] ?? NaN, after.tars[group]?.[far] ?? NaN];
}

function row(name: string, pairs: readonly [number, number][], digits: number): string {
  const [before, after] = [mean(pairs.map(([one]) => one)), mean(pairs.map(([, other]) => other))];
  const differences = pairs.map(([one, other]) => other - one);
  const isError = name.startsWith('B-cubed');
  return `| ${name} | ${before.toFixed(digits)} | ${after.toFixed(digits)} | ${change(differences, digits, isError)} |`;
}

/** Mean, the bound of its 95 % interval on the bad side, and the worst. */
function change(values: readonly number[], digits: number, lessIsBetter = false): string {
  const middle = mean(values);
  const deviation = Math.sqrt(
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1),
  );
  const half = (studentT(values.length - 1) * deviation) / Math.sqrt(values.length);
  const [bound, worst] = lessIsBetter ? [middle + half, Math.max(...values)] : [middle - half, Math.min(...values)];
  return [middle, bound, worst].map((value) => value.toFixed(digits)).join(' | ');
}

/** Two-sided 95 % points of Student's t. */
function studentT(freedom: number): number {
  const table = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13];
  return table[Math.max(0, freedom - 1)] ?? 2.09;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function hundred(value: number | undefined, digits: number): string {
  return (100 * (value ?? NaN)).toFixed(digits);
}
