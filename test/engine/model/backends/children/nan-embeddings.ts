import { serveBroken } from './broken-service.ts';

serveBroken(
  ({ manifest }) => manifest.role === 'embedder',
  ({ data, dims }) => ({ data: data.fill(NaN), dims }),
);
