/** 8-bit RGB pixels, interleaved, rows from top to bottom: `data.length === 3 × width × height`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}
