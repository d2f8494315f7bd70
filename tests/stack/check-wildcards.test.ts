import { commentFaults } from './check/iam/comment-faults';
import { EXAMPLE_SECRET as SECRET, examplePolicy as policy } from './check/iam/example-policy';
import { justificationOf, unusedJustifications, wildcardsIn } from './check/iam/wildcard-resources';

describe('a wildcard', () => {
  const wide = (resource: string) => wildcardsIn(policy({ resources: [resource] }));

  test.each([
    '*',
    'arn:aws:secretsmanager:*',
    SECRET.replace('app-AbCdEf', '*'),
    SECRET.replace('eu-central-1', '*'),
  ])('%s is told', (resource) => {
    expect(wide(resource)).toEqual([
      { owner: 'SomeRole', action: 'secretsmanager:GetSecretValue', resource },
    ]);
  });

  test.each([
    SECRET,
    SECRET.replace('AbCdEf', '??????'),
    'arn:aws:states:eu-central-1:111122223333:execution:rotation:*',
    'arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/x:*',
  ])('%s names one thing', (resource) => {
    expect(wide(resource)).toEqual([]);
  });

  test("of a resource's own policy is who may do it, and what", () => {
    const everybody = { principals: { AWS: ['*'] } };
    expect(wildcardsIn(policy(everybody, 'resource'))).toHaveLength(1);
    expect(wildcardsIn(policy({ actions: ['sqs:*'] }, 'resource'))).toHaveLength(1);
    expect(wildcardsIn(policy({ resources: ['*'] }, 'resource'))).toEqual([]);
  });

  test('needs an entry for its role, its action and its resource, and an entry needs the wildcard', () => {
    const [found] = wildcardsIn(policy({ resources: ['*'] }));
    if (found === undefined) throw new Error('no wildcard was found');
    const entry = { owners: ['SomeRole'], actions: [found.action], resource: '*', reason: 'none' };
    expect(justificationOf(found, [entry])).toBe(entry);
    for (const other of [
      { owners: ['AnotherRole'] },
      { actions: ['sqs:SendMessage'] },
      { resource: SECRET },
    ]) {
      expect(justificationOf(found, [{ ...entry, ...other }])).toBeUndefined();
      expect(unusedJustifications([found], [{ ...entry, ...other }])).toHaveLength(1);
    }
    expect(unusedJustifications([found], [entry])).toEqual([]);
  });

  test('says why where it is written', () => {
    const statement = (comment: string) =>
      `Statement:\n  - Effect: Allow${comment}\n    Action: ec2:DescribeSubnets\n    Resource: '*'\n`;
    expect(commentFaults('roles.yml', statement(' # there is no ARN to name'))).toEqual([]);
    expect(commentFaults('roles.yml', statement(''))).toEqual([
      "roles.yml:2: Resource '*' without a comment that says why",
    ]);
    expect(commentFaults('policy.cjs', "const all = {\n  Resource: '*' };\n")).toHaveLength(1);
    expect(
      commentFaults('policy.cjs', "// there is no ARN to name\nconst all = { Resource: '*' };\n"),
    ).toEqual([]);
  });
});
