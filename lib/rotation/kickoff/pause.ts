/**
 * Waits. The one exception to "no sleep in code": Secrets Manager waits for its rotation function's answer, so
 * the function has to wait for the execution. The reasons are in docs/adr/0007-kickoff-waits.md.
 */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    // eslint-disable-next-line no-restricted-globals -- see above
    setTimeout(resolve, milliseconds);
  });
}
