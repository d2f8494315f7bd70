/** Standard output: one JSON document for programs, or a text for people. */
export function printResult(isJson: boolean, result: unknown, text: string): void {
  process.stdout.write(isJson ? `${JSON.stringify(result, null, 2)}\n` : `${text}\n`);
}
