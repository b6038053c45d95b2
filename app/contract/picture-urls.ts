import type { FaceId, PhotoId } from './ids.ts';

export type ThumbSize = 's' | 'l';

/** Where a page finds the bytes of pictures: they never travel through requests. */
export interface PictureUrls {
  thumb(id: PhotoId, size: ThumbSize): string;
  photo(id: PhotoId): string;
  face(id: FaceId): string;
}

/** Routes of the browser server. */
export const webPictureUrls: PictureUrls = {
  thumb: (id, size) => `/thumb/${id}?s=${size}`,
  photo: (id) => `/photo/${id}`,
  face: (id) => `/face/${id}`,
};

/** Schemes of the desktop app. The host part is fixed: a number there would be read as an IPv4 address. */
export const desktopPictureUrls: PictureUrls = {
  thumb: (id, size) => `thumb://library/${id}?s=${size}`,
  photo: (id) => `photo://library/${id}`,
  face: (id) => `face://library/${id}`,
};
