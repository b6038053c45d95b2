import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { readMetadata } from '../../../app/engine/metadata/read-metadata.ts';

type Exif = Parameters<ReturnType<typeof sharp>['withExif']>[0];

async function picture(format: 'jpeg' | 'png' | 'webp', exif: Exif): Promise<Buffer> {
  const plain = sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } });
  return plain.withMetadata({ orientation: 6 }).withExifMerge(exif).toFormat(format).toBuffer();
}

const exif: Exif = {
  IFD0: { Make: 'Canon', Model: 'Canon EOS 6D', DateTime: '2020:01:01 00:00:00' },
  IFD2: { DateTimeOriginal: '2019:08:12 14:30:15', SubSecTimeOriginal: '25' },
};

describe('readMetadata', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'reads date, fractions of a second, camera and orientation of a %s',
    async (format) => {
      expect(readMetadata(await picture(format, exif))).toEqual({
        orientation: 6,
        takenAt: Date.UTC(2019, 7, 12, 14, 30, 15, 250),
        writtenAt: Date.UTC(2020, 0, 1),
        camera: 'Canon EOS 6D',
      });
    },
  );

  it('takes no date from a clock that was never set, nor one that does not exist', async () => {
    for (const DateTimeOriginal of ['0000:00:00 00:00:00', '2019:02:30 10:00:00', '    :  :     :  :  ', 'yesterday']) {
      expect(readMetadata(await picture('jpeg', { IFD2: { DateTimeOriginal } })).takenAt).toBeNull();
    }
  });

  it('finds nothing in what is no picture, and does not throw', () => {
    expect(readMetadata(Buffer.from('hello'))).toEqual({
      orientation: 1,
      takenAt: null,
      writtenAt: null,
      camera: null,
    });
    expect(readMetadata(Buffer.alloc(0)).takenAt).toBeNull();
  });
});
