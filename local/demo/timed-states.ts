/** Choices and ends take no time worth a line. */
export function isTimed(type: string | undefined): boolean {
  return type === 'Task' || type === 'Wait';
}
