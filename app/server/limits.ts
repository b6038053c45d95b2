/** Sizes of what a page may send. */
export const limits = {
  /** Bytes of a request: 100,000 paths of 160 bytes fit. */
  bodyBytes: 16 * 1024 * 1024,
  /** Bytes of one uploaded file: the largest raw panoramas have a few hundred megabytes. */
  uploadBytes: 1024 * 1024 * 1024,
  /** Files that lie there to be looked at and not kept, at most: two of a dialog, in a few windows. */
  lentFiles: 8,
  /** Bytes of a message on the event socket: a page has nothing to say there. */
  socketBytes: 1024,
  /** Seconds for which a browser need not ask for a thumbnail again. */
  pictureSeconds: 3600,
} as const;
