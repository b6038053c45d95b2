/** The first photograph that is still there is from about 1826; what is earlier is a clock that was never set. */
const firstYear = 1826;

/**
 * A local date and time as milliseconds since 1970, as if it were UTC; null where no such moment exists.
 * Kept this way because cameras write no time zone, and a photo taken at noon is to be shown at noon anywhere.
 */
export function localTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms = 0,
): number | null {
  const time = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const back = new Date(time);
  const exists =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists && year >= firstYear && year <= 9999 ? time : null;
}

/** A moment of this computer's clock as local time, as if it were UTC. */
export function localTimeOf(moment: Date): number {
  return moment.getTime() - moment.getTimezoneOffset() * 60_000;
}
