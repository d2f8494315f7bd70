/** The order in which two rotations do their steps: `m` for the master's next step, and ours. */
export type Order = readonly ('m' | 'ours')[];

/** Every order of two rotations with this many steps each. */
export function ordersOf(masters: number, ours: number): Order[] {
  if (masters === 0) return [Array<'ours'>(ours).fill('ours')];
  if (ours === 0) return [Array<'m'>(masters).fill('m')];
  return [
    ...ordersOf(masters - 1, ours).map((rest): Order => ['m', ...rest]),
    ...ordersOf(masters, ours - 1).map((rest): Order => ['ours', ...rest]),
  ];
}

/** Short, in a point's name: `mmSmS…` would not tell ours apart, so the steps are named. */
export function textOf(order: Order, ours: readonly string[]): string {
  let next = 0;
  return order
    .map((who) => {
      if (who === 'm') return 'm';
      next += 1;
      return ours[next - 1];
    })
    .join(' ');
}
