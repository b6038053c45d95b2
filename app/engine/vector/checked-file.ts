import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

type Numbers = Float32Array | Int32Array;

const bytesOf = (numbers: Numbers): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Writes numbers to a file one array after the other, and keeps the CRC-32 of them all. */
export function openWriter(file: string): { write(numbers: Numbers): void; checksum(): number; close(): void } {
  const handle = openSync(file, 'w');
  let crc = 0;
  return {
    write: (numbers) => {
      const bytes = bytesOf(numbers);
      crc = crc32(bytes, crc);
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    },
    checksum: () => crc,
    close: () => closeSync(handle),
  };
}

/** Reads such a file into arrays that are there, and keeps the CRC-32 of what it read. Reads nothing past the end. */
export function openReader(file: string): {
  readonly bytes: number;
  read(into: Numbers): void;
  checksum(): number;
  close(): void;
} {
  const handle = openSync(file, 'r');
  let crc = 0;
  return {
    bytes: fstatSync(handle).size,
    read: (into) => {
      const bytes = bytesOf(into);
      for (let at = 0, got = 1; at < bytes.length && got > 0; at += got)
        got = readSync(handle, bytes, at, bytes.length - at, null);
      crc = crc32(bytes, crc);
    },
    checksum: () => crc,
    close: () => closeSync(handle),
  };
}

/** The CRC-32 of a file of any size. */
export function checksumOf(file: string): number {
  const handle = openSync(file, 'r');
  const buffer = new Uint8Array(2 ** 20);
  let crc = 0;
  try {
    for (let got = readSync(handle, buffer); got > 0; got = readSync(handle, buffer)) {
      crc = crc32(buffer.subarray(0, got), crc);
    }
  } finally {
    closeSync(handle);
  }
  return crc;
}
