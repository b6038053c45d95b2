/** 8-bit RGB pixels, interleaved, rows from top to bottom: `data.length === 3 × width × height`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** A decoded photo lies in shared memory: it goes from thread to thread, and a copy of it would take 8 ms. */
  readonly data: Uint8Array;
}
