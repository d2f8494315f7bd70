import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const security = read('docs/security.md');

type Policy =
  | string // chosen by the deployment's parameters: keys, network
  | { PolicyName: string; PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] } };
interface Template {
  Resources?: Record<string, { Type: string; Properties: { Policies: Policy[] } }>;
}

/** Actions on the application's secrets, on the master's, and on anything else. */
type Row = [application: string[], master: string[], other: string[]];

/** Every role's own log is in the text and not in the table. */
function rowOf(policies: Policy[]): Row {
  const row: Row = [[], [], []];
  for (const policy of policies) {
    if (typeof policy === 'string' || policy.PolicyName === 'logs') continue;
    for (const { Action, Resource } of policy.PolicyDocument.Statement) {
      const on = JSON.stringify(Resource);
      const column = on.includes('appSecretArns') ? 0 : on.includes('masterSecretArns') ? 1 : 2;
      row[column].push(...[Action].flat().map((action) => action.replace(/^.*:/, '')));
    }
  }
  return row.map((actions) => actions.sort()) as Row;
}

const templates = globSync('resources/**/*.yml', { cwd: root }).map((path) => parse(read(path)) as Template);

describe('the table of roles in docs/security.md', () => {
  it('has every role of the stack with all that it may do, and nothing more', () => {
    const roles = templates.flatMap(({ Resources = {} }) =>
      Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role'),
    );
    const real = Object.fromEntries(
      roles.map(([name, { Properties }]) => [name, rowOf(Properties.Policies)]),
    );

    const lines = [...security.matchAll(/^\| `(\w+Role)` +\|(.+)\|$/gm)];
    const told = Object.fromEntries(
      lines.map(([, name = '', cells = '']) => [
        name,
        cells.split('|').map((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, action]) => action).sort()),
      ]),
    );
    expect(lines.length).toBeGreaterThanOrEqual(11);
    expect(told).toEqual(real);
  });
});

describe('what docs/security.md says of logs', () => {
  it('names the fields that lib/log.ts lets through', () => {
    const told = /those that are known: ([^.]+)\./.exec(security)?.[1] ?? '';
    const allowed = [...read('lib/log.ts').matchAll(/^ {2}(\w+): true,$/gm)].map(([, name]) => name);
    expect([...told.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual(allowed.sort());
  });
});
