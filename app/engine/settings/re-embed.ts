export const reEmbedSettings = {
  /** Faces of one turn: as many as an embedding call of the import gets, so that a kill repeats half a second. */
  faces: 32,
  /** Rows of old vectors dropped in one transaction: about 2 ms. */
  rowsAtOnce: 500,
  /** Milliseconds after which an import that runs is looked at again, before the switch. */
  waitMs: 500,
} as const;
