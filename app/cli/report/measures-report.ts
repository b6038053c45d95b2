import { distanceChart } from '../../charts/distance-chart.ts';
import { frrChart } from '../../charts/frr-chart.ts';
import { rocChart } from '../../charts/roc-chart.ts';
import { drawChart } from './draw-chart.ts';
import { measuresRows, type Measures } from './measures-table.ts';

export const reportKinds = ['html', 'svg'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Pixels of a chart, and of the heading above each in a picture. */
const [width, height, heading] = [640, 400, 40];

/** The measures with their charts as one file that needs no other, and can be read on light and dark ground. */
export function measuresReport(measures: Measures, kind: ReportKind): string {
  const charts = [
    { title: 'True accept rate against false accept rate, with its 95 % band', options: rocChart(measures) },
    { title: 'False reject rate against false accept rate', options: frrChart(measures) },
    { title: 'Distances of pairs of one person (blue) and of two (orange)', options: distanceChart(measures) },
  ].map(({ title, options }) => ({ title, svg: drawChart({ ...options, width, height }) }));
  return kind === 'html' ? asPage(measures, charts) : asPicture(measures, charts);
}

type Charts = readonly { readonly title: string; readonly svg: string }[];

const colours = `
  :root { color-scheme: light dark; color: #1c1c1e; background: #fff; --chart-same: #0b7fab; --chart-different: #c2570c }
  @media (prefers-color-scheme: dark) {
    :root { color: #ececee; background: #161618; --chart-same: #5cc3ec; --chart-different: #f5a261 }
  }`;

const how = `Pairs are accepted up to a distance (L2 between unit vectors). The band is a bootstrap over people, 500 draws: two
  pairs with one person in them are not two observations. The accuracy is that of each tenth of the people at the
  threshold that is best on the others. Where groups are measured in your library, they are made as if you had said
  nothing; labels that came with naming a whole group count as much as faces that you confirmed one by one.`;

function asPage(measures: Measures, charts: Charts): string {
  const rows = measuresRows(measures).map(
    ([name = '', value = '']) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`,
  );
  const figures = charts.map(({ title, svg }) => `<figure>${svg}<figcaption>${escaped(title)}</figcaption></figure>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>How well people are told apart</title>
<style>${colours}
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
  th { text-align: left; font-weight: 500; padding-right: 1.5rem; vertical-align: top }
  figure { margin: 2rem 0 } figcaption { opacity: 0.8 } svg { overflow: visible }
</style>
<h1>How well people are told apart</h1>
<table>
${rows.join('\n')}
</table>
${figures.join('\n')}
<p>${how}</p>
</html>
`;
}

function asPicture(measures: Measures, charts: Charts): string {
  const step = height + heading + 20;
  const lines = measuresRows(measures);
  const top = 60 + 20 * lines.length;
  const words = lines.map(
    ([name = '', value = ''], i) =>
      `<text x="20" y="${60 + 20 * i}">${escaped(name)}</text><text x="240" y="${60 + 20 * i}">${escaped(value)}</text>`,
  );
  const drawn = charts.map(({ title, svg }, i) => {
    const y = top + i * step;
    const placed = svg.replace('<svg ', `<svg x="20" y="${y + heading}" `);
    return `<text x="20" y="${y + heading - 12}" font-weight="600">${escaped(title)}</text>${placed}`;
  });
  const [wide, high] = [width + 160, top + charts.length * step];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" font-family="system-ui, sans-serif" font-size="14" fill="currentColor">
<style>${colours}
</style>
<text x="20" y="30" font-size="20" font-weight="600">How well people are told apart</text>
${words.join('\n')}
${drawn.join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
