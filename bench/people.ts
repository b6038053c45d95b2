/**
 * How neighbours, groups and corrections take to size:
 * `node bench/people.ts exact|adding|grouping|tuned|tuned-lfw|corrections|review [faces]`.
 * Indexes are built once and kept in the temporary folder, in `familiar-bench`. `exact` needs scikit-learn in the Python
 * environment FAMILIAR_PYTHON.
 */
import { benchCorrections } from './people/corrections.ts';
import { benchExact } from './people/exact.ts';
import { benchReviewing } from './people/reviewing.ts';
import { benchAdding, benchGrouping } from './people/neighbours.ts';
import { benchTuned, benchTunedLfw } from './people/tuned.ts';

const rows: Readonly<Record<string, (faces?: number) => void | Promise<void>>> = {
  exact: benchExact,
  adding: benchAdding,
  grouping: benchGrouping,
  tuned: benchTuned,
  'tuned-lfw': benchTunedLfw,
  corrections: benchCorrections,
  review: benchReviewing,
};
const [wanted, faces] = process.argv.slice(2);
for (const [name, bench] of Object.entries(rows)) {
  if (wanted === undefined || wanted === name) await bench(faces === undefined ? undefined : Number(faces));
}
