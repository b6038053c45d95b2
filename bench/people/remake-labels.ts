/**
 * Writes the labels that scikit-learn gives the made-up faces of the tests: `node bench/people/remake-labels.ts`. Needs
 * scikit-learn in the Python environment FAMILIAR_PYTHON.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { dbscanCases } from '../../test/factories/dbscan-cases.ts';
import { scikitDbscan } from './scikit-dbscan.ts';

const labels = Object.fromEntries(
  dbscanCases().map(({ name, width, eps, minSamples, faces }) => {
    const rows = Float32Array.from(faces.flatMap((face) => [...face]));
    return [name, scikitDbscan(rows, width, eps, minSamples).labels];
  }),
);
writeFileSync(join(import.meta.dirname, '../../test/fixtures/dbscan-labels.json'), `${JSON.stringify(labels)}\n`);
