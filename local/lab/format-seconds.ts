/** Two decimals: waits are whole seconds and steps take hundredths. */
export function formatSeconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(2)} s`;
}
