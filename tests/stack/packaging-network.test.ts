import { cachedTemplate } from './check/cached-template';
import { COMBINATIONS } from './combinations';
import type { Template } from './package-combination';
import { ofType, only } from './template-queries';

const combination = (name: string) => {
  const found = COMBINATIONS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no combination "${name}"`);
  return cachedTemplate(found);
};

const DATABASE = 'sg-0a1b2c3d4e5f60001';
const LAMBDAS = { Ref: 'LambdaSecurityGroup' };
const ENDPOINT = { Ref: 'EndpointSecurityGroup' };
const port = (number: number) => ({ IpProtocol: 'tcp', FromPort: number, ToPort: number });

let nat: Template;
let created: Template;
let existing: Template;
let given: Template;

beforeAll(async () => {
  nat = await combination('VPC, route by NAT, one schedule for all secrets');
  created = await combination('VPC, new endpoint, Secrets Manager as the owner, another port');
  existing = await combination('VPC, existing endpoint, encrypted secrets, started by hand');
  given = await combination(
    'VPC with given security groups, new endpoint, key for the stack, Secrets Manager as the owner',
  );
});

const egressOf = (template: Template, id: string) =>
  template.Resources[id]?.Properties['SecurityGroupEgress'];
const ingressOf = (template: Template) =>
  ofType(template, 'AWS::EC2::SecurityGroupIngress').map(([, properties]) => properties);

describe("the Lambdas' security group", () => {
  test('leads to the port of the database, to Secrets Manager, and nowhere else', () => {
    expect(egressOf(created, 'LambdaSecurityGroup')).toEqual([
      { Description: 'The database', ...port(3307), DestinationSecurityGroupId: DATABASE },
      { Description: 'Secrets Manager', ...port(443), DestinationSecurityGroupId: ENDPOINT },
    ]);
    expect(egressOf(existing, 'LambdaSecurityGroup')).toEqual([
      { Description: 'The database', ...port(3306), DestinationSecurityGroupId: DATABASE },
      { Description: 'Secrets Manager', ...port(443), DestinationSecurityGroupId: 'sg-0a1b2c3d4e5f60004' },
    ]);
  });

  test('leads to every address on 443 when a NAT is the way to Secrets Manager', () => {
    expect(egressOf(nat, 'LambdaSecurityGroup')).toEqual([
      { Description: 'The database', ...port(3306), DestinationSecurityGroupId: DATABASE },
      { Description: 'Secrets Manager', ...port(443), CidrIp: '0.0.0.0/0' },
    ]);
    expect(ofType(nat, 'AWS::EC2::VPCEndpoint')).toEqual([]);
  });

  test("is let in by the database's group and by the group of an endpoint that exists", () => {
    expect(ingressOf(existing)).toEqual([
      expect.objectContaining({ ...port(3306), GroupId: DATABASE, SourceSecurityGroupId: LAMBDAS }),
      expect.objectContaining({
        ...port(443),
        GroupId: 'sg-0a1b2c3d4e5f60004',
        SourceSecurityGroupId: LAMBDAS,
      }),
    ]);
  });

  test('is not made, and the rules of the given ones are left alone, when groups are given', () => {
    expect(ofType(given, 'AWS::EC2::SecurityGroup').map(([id]) => id)).toEqual(['EndpointSecurityGroup']);
    expect(ingressOf(given).map(({ GroupId }) => GroupId)).toEqual([ENDPOINT, ENDPOINT]);
  });
});

describe('a new endpoint', () => {
  test('answers to the name of Secrets Manager in the subnets of the Lambdas', () => {
    expect(only(created, 'AWS::EC2::VPCEndpoint')).toMatchObject({
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.secretsmanager' },
      SubnetIds: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'],
      SecurityGroupIds: [ENDPOINT],
    });
  });

  test('lets in the Lambdas and the ranges that were listed, on 443, and nobody out', () => {
    const rules = ingressOf(created).filter(({ GroupId }) => GroupId !== DATABASE);
    expect(rules).toEqual([
      expect.objectContaining({ ...port(443), GroupId: ENDPOINT, SourceSecurityGroupId: LAMBDAS }),
      expect.objectContaining({ ...port(443), GroupId: ENDPOINT, CidrIp: '10.0.0.0/16' }),
      expect.objectContaining({ ...port(443), GroupId: ENDPOINT, CidrIp: '10.1.0.0/16' }),
    ]);
    expect(egressOf(created, 'EndpointSecurityGroup')).toEqual([
      { Description: 'Nowhere', IpProtocol: '-1', CidrIp: '127.0.0.1/32' },
    ]);
  });

  test('serves the credentials of this account only', () => {
    expect(only(created, 'AWS::EC2::VPCEndpoint')['PolicyDocument']).toMatchObject({
      Statement: [{ Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } } }],
    });
  });
});
