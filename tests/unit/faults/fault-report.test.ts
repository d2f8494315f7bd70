import { addBroken, addTo, newReport } from '../../faults/fault-report';
import { kinds } from '../../faults/kinds';
import { reportTable } from '../../faults/report-table';

const crash = kinds.filter(({ name }) => name === 'crash');
const point = { type: 'point', name: 'SetSecret/1', tried: 3, failed: 0 } as const;

describe('the report', () => {
  it('adds up what processes say, in all and by kind', () => {
    const report = newReport(5, crash);
    const broken = [{ kind: 'crash', point: 'SetSecret/2', invariant: 'it broke' }];

    addTo(report, 'crash', { ...point, isRecovered: true, broken: [] });
    addTo(report, 'crash', { ...point, isRecovered: false, failed: 1, broken });
    addTo(report, 'crash', { type: 'count', name: 'lossesFound', by: 2 });
    addTo(report, 'crash', { type: 'count', name: 'lossesFound', by: 3 });

    const logins = { tried: 6, failed: 1 };
    expect(report).toEqual({
      seed: 5,
      points: 2,
      recovered: 1,
      broken,
      logins,
      byKind: {
        crash: { points: 2, recovered: 1, broken: 1, logins, seconds: 0, counts: { lossesFound: 5 } },
      },
    });
  });

  it('tells of a process that died, although no point did', () => {
    const report = newReport(5, crash);
    addBroken(report, 'crash', 'roles', 'the process ended early');
    expect(report.broken).toEqual([{ kind: 'crash', point: 'roles', invariant: 'the process ended early' }]);
    expect(report.byKind['crash']).toMatchObject({ broken: 1 });
    expect(reportTable(report)).toContain('crash/roles: the process ended early');
  });
});
