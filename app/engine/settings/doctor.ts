export const doctorSettings = {
  /** GB free below which the doctor warns: about 5,000 photos' thumbnails and crops. */
  leastFreeGigabytes: 1,
} as const;
