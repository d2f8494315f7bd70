/** AWS JSON writes a time as seconds since the epoch, with a fraction. */
export function epochSeconds(date: Date): number {
  return date.getTime() / 1000;
}

/** The same for a date that may be absent. JSON leaves out what is undefined. */
export function epochSecondsIf(date: Date | undefined): number | undefined {
  return date === undefined ? undefined : epochSeconds(date);
}
