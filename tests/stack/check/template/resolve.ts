import type { Template } from '../template';
import { getAttOf, intrinsicIn, isNoValue, isObject, SUB_VARIABLE, subOf } from './intrinsics';
import { resourceType } from './specification';

/** The account that the combinations of parameters are about. */
const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';

const PSEUDO_PARAMETERS: Record<string, string> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/stack/id`,
  'AWS::StackName': 'stack',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A deployment's names and ARNs, worked out from the template as CloudFormation would. */
export class Deployment {
  constructor(readonly template: Template) {}

  /** The ARN of a resource; undefined when its type has none. */
  arnOf(id: string): string | undefined {
    const resource = this.template.Resources[id];
    const { arnTemplate } = (resource && resourceType(resource.Type)) ?? {};
    if (resource === undefined || arnTemplate === undefined) return undefined;
    const arn = arnTemplate.replaceAll(/\$\{(\w+)\}/g, (_variable, name: string) => {
      if (name === 'Account') return ACCOUNT;
      if (name === 'Partition' || name === 'Region') return PSEUDO_PARAMETERS[`AWS::${name}`] ?? '';
      return this.nameOf(id, name);
    });
    // What it answers covers the log streams (CloudFormation user guide, AWS::Logs::LogGroup, "Return values").
    return resource.Type === 'AWS::Logs::LogGroup' ? `${arn}:*` : arn;
  }

  /** The value with everything filled in, and without the properties that are not there. */
  resolve(value: unknown): unknown {
    const intrinsic = intrinsicIn(value);
    if (intrinsic !== undefined) return this.call(intrinsic.name, intrinsic.argument);
    if (Array.isArray(value))
      return value.filter((item) => !isNoValue(item)).map((item) => this.resolve(item));
    if (!isObject(value)) return value;
    const kept = Object.entries(value).filter(([, item]) => !isNoValue(item));
    return Object.fromEntries(kept.map(([key, item]) => [key, this.resolve(item)]));
  }

  /** The name that the template gives it, or its logical id in place of one that CloudFormation makes up. */
  private nameOf(id: string, property: string): string {
    const { Properties = {} } = this.template.Resources[id] ?? {};
    const given = Properties[property] ?? Properties[property.replace(/WithPath$/, '')];
    return given === undefined ? id : String(this.resolve(given));
  }

  private refer(id: string): string {
    const pseudo = PSEUDO_PARAMETERS[id];
    if (pseudo !== undefined) return pseudo;
    const type = resourceType(this.template.Resources[id]?.Type ?? '');
    const identifier = (type?.cfnRefIdentifier ?? type?.primaryIdentifier ?? []).at(-1) ?? '';
    return /arn$/i.test(identifier) ? (this.arnOf(id) ?? id) : this.nameOf(id, identifier);
  }

  private attributeOf(id: string, attribute: string): string {
    return /arn$/i.test(attribute) ? (this.arnOf(id) ?? id) : this.nameOf(id, attribute);
  }

  private call(name: string, argument: unknown): unknown {
    if (name === 'Ref') return this.refer(String(argument));
    if (name === 'Fn::GetAtt') {
      const { id, attribute } = getAttOf(argument);
      return this.attributeOf(id, attribute);
    }
    if (name === 'Fn::Sub') {
      const { text, values } = subOf(argument);
      return text.replaceAll(SUB_VARIABLE, (_variable, variable: string) => {
        if (Object.hasOwn(values, variable)) return String(this.resolve(values[variable]));
        const { id, attribute } = getAttOf(variable);
        return attribute === '' ? this.refer(variable) : this.attributeOf(id, attribute);
      });
    }
    if (name === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown];
      return (this.resolve(parts) as unknown[]).join(separator);
    }
    throw new Error(`${name} is not understood here: teach it to tests/stack/check/template/resolve.ts`);
  }
}
