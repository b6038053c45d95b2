/** Endings of files that are worth copying into the library: those that can be read now, and those that will be. */
const endings = /\.(jpe?g|png|webp|hei[cf]|avif|jxl|tiff?|gif|bmp|dng|cr[23]|nef|arw|raf|orf|rw2|mp4|mov|m4v)$/i;

export const isPictureName = (name: string): boolean => endings.test(name);
