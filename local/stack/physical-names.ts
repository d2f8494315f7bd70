import type { StackAccount } from './account';
import { resolveIntrinsics, type Names } from './intrinsics';
import type { Template, TemplateResource } from './template';

/** How resources of one type are called. Types that nothing here refers to are left out. */
interface Kind {
  /** The property that names the resource. */
  name: string;
  /** What follows the account in its ARN. */
  resource: (name: string) => string;
  service: string;
  /** IAM's ARNs are of no Region. */
  isGlobal?: true;
  /** What `Ref` answers. */
  ref: 'name' | 'arn';
}

/** From the resource types' "Return values" in the CloudFormation template reference. */
const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    service: 'lambda',
    resource: (name) => `function:${name}`,
    ref: 'name',
  },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    service: 'states',
    resource: (name) => `stateMachine:${name}`,
    ref: 'arn',
  },
  'AWS::IAM::Role': {
    name: 'RoleName',
    service: 'iam',
    resource: (name) => `role/${name}`,
    isGlobal: true,
    ref: 'name',
  },
  'AWS::SNS::Topic': { name: 'TopicName', service: 'sns', resource: (name) => name, ref: 'arn' },
};

/** What the names of a template stand for in an account, in the partition `aws`. */
export function physicalNames(template: Template, { region, accountId }: StackAccount): Names {
  const pseudo: Readonly<Record<string, string | undefined>> = {
    'AWS::AccountId': accountId,
    'AWS::NoValue': undefined,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::URLSuffix': 'amazonaws.com',
  };

  const nameOf = (logicalId: string, { Properties = {} }: TemplateResource, kind: Kind): string => {
    const given = resolveIntrinsics(Properties[kind.name], names);
    return typeof given === 'string' ? given : logicalId; // CloudFormation would make one up from it
  };
  const find = (logicalId: string): { name: string; arn: string; kind: Kind } => {
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new Error(`The template has no ${logicalId}`);
    const kind = KINDS[resource.Type];
    if (kind === undefined) throw new Error(`${logicalId}: ${resource.Type} has no name here`);
    const name = nameOf(logicalId, resource, kind);
    const place = kind.isGlobal ? '' : region;
    return { name, arn: `arn:aws:${kind.service}:${place}:${accountId}:${kind.resource(name)}`, kind };
  };

  const names: Names = {
    ref: (name) => {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      const { kind, ...found } = find(name);
      return found[kind.ref];
    },
    attribute: (logicalId, attribute) => {
      const { name, arn } = find(logicalId);
      if (attribute === 'Arn' || attribute === 'TopicArn') return arn;
      if (/^\w*Name$/.test(attribute)) return name;
      throw new Error(`${logicalId}: its attribute ${attribute} is not known here`);
    },
  };
  return names;
}
