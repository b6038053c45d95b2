import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { shared, sharedDir } from '../fixtures/photos.ts';
import { familiar, familiarJson, tempDirForFile } from './run-familiar.ts';

vi.setConfig({ testTimeout: 240_000 });

const Measures = z.object({
  accuracy: z.number(),
  std: z.number(),
  auc: z.number(),
  eer: z.number(),
  tar: z.strictObject({ '0.01': z.number(), '0.001': z.number(), '0.0001': z.number() }),
  threshold: z.number(),
  pairs: z.number(),
  undetected: z.number(),
});
const Share = z.object({ precision: z.number(), recall: z.number(), f1: z.number() });
const FolderMeasures = Measures.extend({ bcubed: Share, pairwise: Share });

const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('familiar-evaluate-'));

describe.skipIf(!sharedDir)('evaluate', () => {
  const dir = tempDirForFile();
  const photos = join(dir, 'photos');
  const people: string[] = [];

  beforeAll(() => {
    const lfw = shared('data', 'lfw-dev');
    const several = readdirSync(lfw).filter((name) => readdirSync(join(lfw, name)).length >= 3);
    for (const name of several.slice(0, 3)) {
      mkdirSync(join(photos, name), { recursive: true });
      for (const file of readdirSync(join(lfw, name)).slice(0, 3))
        copyFileSync(join(lfw, name, file), join(photos, name, file));
      people.push(name);
    }
  });

  it('measures a folder of people and leaves no library behind', async () => {
    const before = leftovers();
    const measures = FolderMeasures.parse(await familiarJson(join(dir, 'unused'), 'evaluate', '--dir', photos));
    expect(measures.pairs).toBe(36);
    expect(measures.accuracy).toBeGreaterThan(0.9);
    expect(leftovers()).toEqual(before);
  });

  it('measures pairs by the LFW protocol', async () => {
    const [a = '', b = ''] = people;
    const pairs = join(dir, 'pairs.txt');
    const folds = Array.from({ length: 10 }, () => [`${a}\t1\t2`, `${a}\t1\t${b}\t1`]).flat();
    writeFileSync(pairs, ['10\t1', ...folds].join('\n'));
    const measures = Measures.parse(
      await familiarJson(join(dir, 'unused'), 'evaluate', '--lfw', photos, '--pairs', pairs),
    );
    expect(measures).toMatchObject({ pairs: 20, accuracy: 1, undetected: 0 });
  });

  it('says so when the pairs are not there', async () => {
    const { code, stderr } = await familiar(dir, 'evaluate', '--lfw', photos, '--pairs', join(dir, 'none'));
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be read');
  });
});
