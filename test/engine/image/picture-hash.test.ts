import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { fileKind } from '../../../app/engine/image/file-kind.ts';
import { pictureHash } from '../../../app/engine/image/picture-hash.ts';
import { demoPhotos } from '../../fixtures/photos.ts';

const hashOf = (bytes: Uint8Array, orientation = 1): string =>
  pictureHash(bytes, fileKind(bytes)!, orientation).toString('hex');

const picture = (colour: string) => sharp({ create: { width: 32, height: 24, channels: 4, background: colour } });
const exif = { IFD0: { Artist: 'Somebody', Copyright: 'x'.repeat(500) } };

describe('pictureHash', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('of a %s stays when metadata is written into it', async (format) => {
    const plain = await picture('#678a').toFormat(format).toBuffer();
    const tagged = await picture('#678a')
      .withExif(exif)
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .toFormat(format)
      .toBuffer();
    expect(tagged.length).toBeGreaterThan(plain.length + 500);
    expect(hashOf(tagged)).toBe(hashOf(plain));
  });

  it.each(['jpeg', 'png', 'webp'] as const)(
    'of a %s changes with the picture and with its orientation',
    async (format) => {
      const one = await picture('#678').toFormat(format).toBuffer();
      const other = await picture('#679').toFormat(format).toBuffer();
      expect(hashOf(one)).not.toBe(hashOf(other));
      expect(hashOf(one, 1)).not.toBe(hashOf(one, 6));
    },
  );

  it('covers every scan of a progressive JPEG', async () => {
    const bytes = await sharp(demoPhotos[0]).resize(200).jpeg({ progressive: true }).toBuffer();
    const changed = Buffer.from(bytes);
    // A byte of the last scan, shortly before the end marker.
    const at = changed.length - 8;
    changed[at] = changed[at]! ^ 0x10;
    expect(hashOf(changed)).not.toBe(hashOf(bytes));
  });

  it('does not care what follows the end of a JPEG, as in motion photos', async () => {
    const bytes = await picture('#678').jpeg().toBuffer();
    expect(hashOf(Buffer.concat([bytes, Buffer.from('a video')]))).toBe(hashOf(bytes));
  });

  it('ends on data that is cut off or nonsense', () => {
    for (const hex of ['ffd8ff', 'ffd8ffe0ffff', 'ffd8ffda0002', 'ffd8ffffffff', '89504e470d0a1a0affffffff49444154']) {
      expect(hashOf(Buffer.from(hex, 'hex'))).toHaveLength(64);
    }
  });
});
