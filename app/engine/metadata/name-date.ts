import { localTime } from './local-time.ts';

/** Date and, where it follows, time: `IMG_20190812_143015`, `2019-08-12 14.30.15`, `IMG-20190812-WA0001`. */
const pattern =
  /(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?:(?:[-_ T.]| at )?([0-2]\d)[-_.:h]?([0-5]\d)[-_.:m]?([0-5]\d)(?=\D|\d{3}(?!\d)|$)|(?!\d))/;

/** The date that cameras, phones and messengers write into file names; ms as if UTC, null where there is none. */
export function nameDate(name: string): number | null {
  const match = pattern.exec(name);
  if (!match) return null;
  const [year, , month, day, hour, minute, second] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return localTime(year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0);
}
