import type { PropertyType } from '@aws-cdk/service-spec-types';
import { intrinsicIn, isNoValue, isObject, type Intrinsic } from './intrinsics';
import { propertyFaults } from './schema-faults';
import { specification } from './specification';

/** Intrinsic functions whose result is a list (CloudFormation user guide, "Intrinsic function reference"). */
const LISTS = ['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr'];
/** Those whose result may be anything, which only a deployment tells. */
const ANYTHING = ['Fn::GetAtt', 'Fn::FindInMap', 'Fn::ImportValue', 'Fn::Select', 'Fn::Transform'];

function intrinsicFaults(type: PropertyType, { name, argument }: Intrinsic, path: string): string[] {
  if (name === 'Fn::If' && Array.isArray(argument)) {
    const branches = (argument as unknown[]).slice(1).filter((branch) => !isNoValue(branch));
    return branches.flatMap((branch) => valueFaults(type, branch, path));
  }
  if (ANYTHING.includes(name) || type.type === 'union' || type.type === 'json') return [];
  const isList = type.type === 'array';
  const isScalar = !isList && !['map', 'ref', 'tag'].includes(type.type);
  return (LISTS.includes(name) ? isList : isScalar) ? [] : [`${path}: expected ${type.type}, found ${name}`];
}

function scalarFaults(
  expected: string,
  isRight: boolean,
  allowed: readonly unknown[] | undefined,
  value: unknown,
  path: string,
): string[] {
  if (!isRight) return [`${path}: expected ${expected}, found ${JSON.stringify(value)}`];
  if (allowed === undefined || allowed.includes(value)) return [];
  return [`${path}: expected one of ${allowed.join(', ')}, found ${JSON.stringify(value)}`];
}

function eachFaults(type: PropertyType, entries: [string, unknown][], path: string): string[] {
  return entries
    .filter(([, item]) => !isNoValue(item))
    .flatMap(([key, item]) => valueFaults(type, item, `${path}.${key}`));
}

/** Of several types one must fit; the faults told are those of the one that fits best. */
function unionFaults(types: PropertyType[], value: unknown, path: string): string[] {
  const tried = types.map((type) => valueFaults(type, value, path));
  return tried.toSorted((one, other) => one.length - other.length)[0] ?? [];
}

/** Tells where a value is not of its type. CloudFormation would convert some texts; ours are written right. */
export function valueFaults(type: PropertyType, value: unknown, path: string): string[] {
  const intrinsic = intrinsicIn(value);
  if (intrinsic !== undefined) return intrinsicFaults(type, intrinsic, path);
  switch (type.type) {
    case 'string':
      return scalarFaults('a text', typeof value === 'string', type.allowedValues, value, path);
    case 'date-time':
      return scalarFaults('a text', typeof value === 'string', undefined, value, path);
    case 'integer':
      return scalarFaults('an integer', Number.isInteger(value), type.allowedValues, value, path);
    case 'number':
      return scalarFaults('a number', typeof value === 'number', undefined, value, path);
    case 'boolean':
      return scalarFaults('true or false', typeof value === 'boolean', undefined, value, path);
    case 'null':
      return scalarFaults('null', value === null, undefined, value, path);
    case 'json':
      return scalarFaults('an object', typeof value === 'object' && value !== null, undefined, value, path);
    case 'tag': {
      const isTag = isObject(value) && Object.keys(value).toSorted().join() === 'Key,Value';
      return scalarFaults('a tag', isTag, undefined, value, path);
    }
    case 'array':
      if (!Array.isArray(value)) return scalarFaults('a list', false, undefined, value, path);
      return eachFaults(type.element, Object.entries(value as unknown[]), path);
    case 'map':
      if (!isObject(value)) return scalarFaults('an object', false, undefined, value, path);
      return eachFaults(type.element, Object.entries(value), path);
    case 'ref':
      if (!isObject(value)) return scalarFaults('an object', false, undefined, value, path);
      return propertyFaults(specification().get('typeDefinition', type.reference).properties, value, path);
    case 'union':
      return unionFaults(type.types, value, path);
  }
}
