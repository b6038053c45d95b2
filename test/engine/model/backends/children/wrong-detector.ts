import { serveBroken } from './broken-service.ts';

serveBroken(
  ({ manifest }) => manifest.role === 'detector',
  ({ data, dims }) => ({ data: data.toReversed(), dims }),
);
