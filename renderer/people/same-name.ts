const collator = new Intl.Collator(undefined, { sensitivity: 'accent' });

/** Whether two names are the same to a person who reads them: case and outer spaces do not count. */
export const sameName = (a: string | null, b: string): boolean =>
  a !== null && collator.compare(a.trim().normalize('NFC'), b.trim().normalize('NFC')) === 0;
