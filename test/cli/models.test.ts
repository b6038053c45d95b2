import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { demoPhotos } from '../fixtures/photos.ts';
import { familiar, familiarJson, tempDirForFile } from './run-familiar.ts';

// Each command is a process of its own: slow on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const root = tempDirForFile();
const library = join(root, 'library');
// Not among the models of whoever runs the tests.
process.env['FAMILIAR_MODELS'] = join(root, 'models');

const Packs = z.array(z.looseObject({ name: z.string(), active: z.boolean(), licence: z.string(), bytes: z.number() }));

describe('familiar models', () => {
  it('lists what is installed and what can be had', async () => {
    const packs = Packs.parse(await familiarJson(library, 'models'));
    expect(packs.map(({ name }) => name)).toEqual(expect.arrayContaining(['facenet', 'fr-feature', 'dlib-resnet']));
    expect(packs.find(({ name }) => name === 'fr-feature')).toMatchObject({ active: true });
  });

  it('says what is wrong with a model file', async () => {
    const file = join(root, 'broken.onnx');
    writeFileSync(file, 'no model');
    const options = ['--role', 'embedder', '--name', 'mine', '--template', 'arcface-112'];
    const { code, stderr } = await familiar(library, 'models', 'import', file, ...options);
    expect(code).toBe(1);
    expect(stderr).toMatch(/not a readable ONNX file/);
  });
});

describe('familiar verify', () => {
  it('gives the distance, the threshold and the verdict, and says which distance is meant', async () => {
    const [one, other] = [demoPhotos[0]!, demoPhotos[1]!];
    expect(await familiarJson(library, 'verify', one, one)).toMatchObject({ distance: 0, same: true });
    const { stdout } = await familiar(library, 'verify', one, other);
    expect(stdout).toMatch(/^Two different people\./);
    expect(stdout).toMatch(
      /Distance 1\.\d{3}; the same person below 1\.\d{3} \(L2 between unit vectors of fr-feature\)/,
    );
  });

  it('says which photo it cannot read', async () => {
    const { code, stderr } = await familiar(library, 'verify', demoPhotos[0]!, join(root, 'lost.jpg'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/lost\.jpg/);
  });
});
