import { accessSync, constants, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '../..');

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions?: unknown;
  jobs: Record<string, { permissions?: unknown; steps: Step[] }>;
}

const WORKFLOWS = globSync('.github/workflows/*.yml', { cwd: ROOT });
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const read = (path: string): Workflow => parse(textOf(path)) as Workflow;
const stepsOf = (path: string): Step[] => Object.values(read(path).jobs).flatMap(({ steps }) => steps);

it('a public host runs .ci/run, and nothing else', () => {
  expect(WORKFLOWS).toEqual(['.github/workflows/ci.yml']);
  expect(stepsOf('.github/workflows/ci.yml').flatMap(({ run }) => run ?? [])).toEqual(['.ci/run']);
  expect(() => {
    accessSync(join(ROOT, '.ci/run'), constants.X_OK);
  }).not.toThrow();
});

describe.each(WORKFLOWS)('%s', (path) => {
  it('pins every action by its commit, with its version beside it', () => {
    const lines = textOf(path)
      .split('\n')
      .filter((line) => /\buses:/.test(line));
    expect(lines).not.toEqual([]);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may only read the repository, and keeps no credential', () => {
    const { permissions, jobs } = read(path);
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.values(jobs).flatMap((job) => job.permissions ?? [])).toEqual([]);
    for (const step of stepsOf(path).filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with).toMatchObject({ 'persist-credentials': false });
    }
  });

  it('does not run the code of a pull request with rights of its own, and uses no secret', () => {
    expect(Object.keys(read(path).on)).not.toContain('pull_request_target');
    expect(textOf(path)).not.toMatch(/\bsecrets\./);
  });
});
