import { epochSeconds } from '../protocol/epoch-seconds';

/** LastAccessedDate is kept by the day: AWS gives "the date … truncated to midnight", never the hour. */
export function dayOf(date: Date): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
}

/** The same object with its dates as the protocol writes them, and without the dates that are absent. */
export function withEpochDates(dates: Record<string, Date | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(dates).flatMap(([name, date]) => (date === undefined ? [] : [[name, epochSeconds(date)]])),
  );
}
