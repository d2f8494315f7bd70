import type { ResourceProperties } from '@aws-cdk/service-spec-types';
import type { Template } from '../template';
import { isNoValue, isObject } from './intrinsics';
import { resourceType } from './specification';
import { valueFaults } from './value-faults';

/** CloudFormation user guide, "Resource attribute reference". */
const RESOURCE_MEMBERS = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'Metadata',
  'CreationPolicy',
  'DeletionPolicy',
  'UpdatePolicy',
  'UpdateReplacePolicy',
];

/** Compares an object with the properties that its type has. */
export function propertyFaults(
  properties: ResourceProperties,
  found: Record<string, unknown>,
  path: string,
): string[] {
  const missing = Object.entries(properties)
    .filter(
      ([name, { required }]) => required === true && (found[name] === undefined || isNoValue(found[name])),
    )
    .map(([name]) => `${path}: ${name} is required`);
  const wrong = Object.entries(found).flatMap(([name, value]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) return [`${path}: there is no property ${name}`];
    return isNoValue(value) ? [] : valueFaults(property.type, value, `${path}.${name}`);
  });
  return [...missing, ...wrong];
}

function resourceFaults(id: string, resource: Record<string, unknown>): string[] {
  const path = `Resources.${id}`;
  const members = Object.keys(resource).filter((name) => !RESOURCE_MEMBERS.includes(name));
  const unknown = members.map((name) => `${path}: a resource has no ${name}`);
  const typeName = String(resource['Type']);
  const type = resourceType(typeName);
  if (type === undefined) return [...unknown, `${path}: there is no type ${typeName}`];
  const found = isObject(resource['Properties']) ? resource['Properties'] : {};
  const readOnly = Object.keys(found)
    .filter((name) => !Object.hasOwn(type.properties, name) && Object.hasOwn(type.attributes, name))
    .map((name) => `${path}.Properties: ${name} is ${typeName}'s to tell, it cannot be set`);
  const settable = Object.fromEntries(
    Object.entries(found).filter(
      ([name]) => Object.hasOwn(type.properties, name) || !Object.hasOwn(type.attributes, name),
    ),
  );
  return [...unknown, ...readOnly, ...propertyFaults(type.properties, settable, `${path}.Properties`)];
}

/** Compares every resource with the schema of its type, as CloudFormation would do when it is deployed. */
export function schemaFaults(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => resourceFaults(id, { ...resource }));
}
