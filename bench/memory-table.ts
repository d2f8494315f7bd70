import { SIZES_MB, type FunctionFigures } from './memory-figures';

const HEAD = [
  'function',
  'calls',
  'MB in template',
  'max RSS MB',
  'CPU ms: start',
  'load',
  'call',
  'call ms',
  ...SIZES_MB.map((size, index) => (index === 0 ? `cold ms at ${size} MB` : String(size))),
];

/** One line per function; the last columns are estimates for Lambda, the others are of this machine. */
export function figuresTable(functions: readonly FunctionFigures[]): string {
  const rows = [HEAD, ...functions.map(cellsOf)];
  const widths = HEAD.map((_title, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const note = functions.some(({ isLoadOnly }) => isLoadOnly)
    ? ['* no rotation calls it: an empty event, which it refuses', '']
    : [];
  return [...lines, '', ...note].join('\n');
}

function cellsOf(figures: FunctionFigures): string[] {
  const { name, isLoadOnly, invocations, memoryMb, maxRssMb, start, load, invocation } = figures;
  return [
    isLoadOnly ? `${name} *` : name,
    invocations,
    memoryMb,
    maxRssMb.maximum.toFixed(0),
    start.cpuMs.toFixed(0),
    load.cpuMs.toFixed(0),
    invocation.cpuMs.toFixed(0),
    invocation.wallMs.toFixed(0),
    ...SIZES_MB.map((size) => figures.estimatedMs[size] ?? ''),
  ].map(String);
}
