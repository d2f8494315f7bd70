import type { log as Log, LogFields } from '../../../lib/log';

/** The logger reads its level when it is loaded; the tests of this project are silent otherwise. */
async function linesOf(write: (log: typeof Log) => void): Promise<unknown[]> {
  const lines: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      lines.push(String(text));
      return true;
    }),
  );
  const level = process.env['POWERTOOLS_LOG_LEVEL'];
  process.env['POWERTOOLS_LOG_LEVEL'] = 'DEBUG';
  try {
    jest.resetModules();
    write((await import('../../../lib/log')).log);
  } finally {
    process.env['POWERTOOLS_LOG_LEVEL'] = level;
    for (const spy of spies) spy.mockRestore();
  }
  return lines.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line) as unknown);
}

const WITH_PASSWORD = { versionId: 'v', changed: true, password: 'hunter2', sql: 'hunter2' } as LogFields;

describe('the log', () => {
  it.each(['info', 'warn', 'error'] as const)('of %s has the allowed fields and no other', async (level) => {
    const [line] = await linesOf((log) => {
      log[level]('what happened', WITH_PASSWORD);
    });

    expect(line).toMatchObject({
      level: level.toUpperCase(),
      message: 'what happened',
      service: 'stepwise-rotation',
      versionId: 'v',
      changed: true,
    });
    expect(JSON.stringify(line)).not.toContain('hunter2');
  });

  it('binds allowed fields to the lines of one invocation', async () => {
    const lines = await linesOf((log) => {
      log.bind({ ...WITH_PASSWORD, step: 'SetSecret', secretArn: 'arn' });
      log.info('one', { granted: 3 });
      log.bind({ step: 'TestSecret' });
      log.info('two');
    });

    expect(lines).toMatchObject([
      { message: 'one', step: 'SetSecret', secretArn: 'arn', versionId: 'v', granted: 3 },
      { message: 'two', step: 'TestSecret' },
    ]);
    expect(lines[1]).not.toHaveProperty('secretArn');
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });
});
