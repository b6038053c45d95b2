import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { compileKernels, kernelsFile } from '../../scripts/build-kernels.ts';

it('finds the kernels that are kept to be made from their sources', () => {
  expect(compileKernels()).toBe(readFileSync(kernelsFile, 'utf8'));
});
