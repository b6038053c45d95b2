import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { requests } from '../../app/contract/api.ts';
import { shared, sharedDir } from '../fixtures/photos.ts';
import { familiar, familiarJson, tempDirForFile } from './run-familiar.ts';

vi.setConfig({ testTimeout: 240_000 });

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
    const files = ['--csv', join(dir, 'roc.csv'), '--report', join(dir, 'report.html')];
    const measures = requests['evaluate.folders'].output.parse(
      await familiarJson(join(dir, 'unused'), 'evaluate', '--dir', photos, ...files),
    );
    expect(measures.pairs).toBe(36);
    expect(measures.accuracy).toBeGreaterThan(0.9);
    expect(leftovers()).toEqual(before);
    const csv = readFileSync(join(dir, 'roc.csv'), 'utf8').trim().split('\n');
    expect(csv[0]).toBe('threshold,far,tar,tar_low,tar_high,frr');
    expect(csv).toHaveLength(measures.roc.length + 1);
    const report = readFileSync(join(dir, 'report.html'), 'utf8');
    expect(report.match(/<svg/g)).toHaveLength(3);
    expect(report).not.toMatch(/(src|href)=|@import|url\(/);
  });

  it('measures pairs by the LFW protocol', async () => {
    const [a = '', b = ''] = people;
    const pairs = join(dir, 'pairs.txt');
    const folds = Array.from({ length: 10 }, () => [`${a}\t1\t2`, `${a}\t1\t${b}\t1`]).flat();
    writeFileSync(pairs, ['10\t1', ...folds].join('\n'));
    const measures = requests['evaluate.pairs'].output.parse(
      await familiarJson(join(dir, 'unused'), 'evaluate', '--lfw', photos, '--pairs', pairs),
    );
    expect(measures).toMatchObject({ pairs: 20, accuracy: 1, undetected: 0 });
  });

  it('says so when the pairs are not there', async () => {
    const { code, stderr } = await familiar(dir, 'evaluate', '--lfw', photos, '--pairs', join(dir, 'none'));
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be read');
  });

  it('measures a library by what was said of it, shows what other distances would give, and applies them', async () => {
    const library = join(dir, 'library');
    await familiarJson(library, 'scan', photos);
    const groups = z.array(z.object({ id: z.number() })).parse(await familiarJson(library, 'people'));
    for (const [i, { id }] of groups.slice(0, 2).entries()) await familiar(library, 'name', String(id), `Person ${i}`);
    const report = join(dir, 'report.svg');
    const measures = requests['evaluate.library'].output.parse(
      await familiarJson(library, 'evaluate', '--report', report),
    );
    expect(measures).toMatchObject({ people: 2, auc: 1 });
    expect(readFileSync(report, 'utf8')).toMatch(/^<svg xmlns=.*<\/svg>\n$/s);
    const wide = requests['insights.preview'].output.parse(
      await familiarJson(library, 'calibrate', '--preview', '1.9', '1.9'),
    );
    expect(wide).toMatchObject({ merged: 2 });
    const calibration = requests['insights.calibration'].output;
    const applied = calibration.parse(await familiarJson(library, 'calibrate', '--apply', '0.2', '0.2'));
    expect(applied).toMatchObject({ current: { eps: 0.2, acceptance: 0.2 }, suggested: null });
  });
});
