import type { Template } from '../template';
import { referencesIn, type Reference } from './references';
import { isObject } from './intrinsics';
import { resourceType } from './specification';

/** CloudFormation user guide, "Pseudo parameters reference". */
const PSEUDO_PARAMETERS = [
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/** What a resource names outside of its properties. */
function ofResource(id: string, resource: Record<string, unknown>): Reference[] {
  const path = `Resources.${id}`;
  const dependencies = [(resource['DependsOn'] ?? []) as string | string[]].flat();
  const conditions = [(resource['Condition'] ?? []) as string | string[]].flat();
  return [
    ...dependencies.map((target) => ({ path, kind: 'DependsOn' as const, target })),
    ...conditions.map((target) => ({ path, kind: 'Condition' as const, target })),
    ...referencesIn(resource['Properties'], `${path}.Properties`),
  ];
}

/** Every reference of a template. */
export function referencesOf(template: Template): Reference[] {
  const ofResources = Object.entries(template.Resources).flatMap(([id, resource]) =>
    ofResource(id, { ...resource }),
  );
  return [...ofResources, ...referencesIn(template.Outputs, 'Outputs')];
}

/** Tells the references that CloudFormation would refuse, because nothing is there under that name. */
export function referenceFaults(template: Template): string[] {
  const { Resources, Parameters = {}, Conditions = {} } = template;
  return referencesOf(template).flatMap(({ path, kind, target, attribute }) => {
    if (kind === 'Condition')
      return Object.hasOwn(Conditions, target) ? [] : [`${path}: no condition ${target}`];
    if (kind === 'Ref' && (PSEUDO_PARAMETERS.includes(target) || Object.hasOwn(Parameters, target)))
      return [];
    const resource = Resources[target];
    if (resource === undefined) return [`${path}: ${kind} ${target}, which is no resource`];
    if (attribute === undefined || !isObject(resource)) return [];
    const type = resourceType(resource.Type);
    if (type === undefined || Object.hasOwn(type.attributes, attribute)) return [];
    return [`${path}: GetAtt ${target}.${attribute}, which ${resource.Type} does not have`];
  });
}
