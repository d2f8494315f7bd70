import { getAttOf, intrinsicIn, isObject, SUB_VARIABLE, subOf } from './intrinsics';

/** One place of a template that names another part of it. */
export interface Reference {
  /** Where it stands, such as `Resources.SetSecretRole.Properties.Policies.0`. */
  path: string;
  kind: 'Ref' | 'GetAtt' | 'Condition' | 'DependsOn';
  target: string;
  /** Of a GetAtt. */
  attribute?: string;
}

function named(path: string, name: string): Reference {
  const dot = name.indexOf('.');
  if (dot === -1) return { path, kind: 'Ref', target: name };
  return { path, kind: 'GetAtt', target: name.slice(0, dot), attribute: name.slice(dot + 1) };
}

function ofIntrinsic(path: string, name: string, argument: unknown): Reference[] {
  if (name === 'Ref') return [{ path, kind: 'Ref', target: String(argument) }];
  if (name === 'Fn::GetAtt') {
    const { id, attribute } = getAttOf(argument);
    return [{ path, kind: 'GetAtt', target: id, attribute }];
  }
  if (name === 'Fn::Sub') {
    const { text, values } = subOf(argument);
    const variables = [...text.matchAll(SUB_VARIABLE)].map(([, variable = '']) => variable.trim());
    const free = variables.filter((variable) => !Object.hasOwn(values, variable));
    return [...free.map((variable) => named(path, variable)), ...referencesIn(values, path)];
  }
  const condition: Reference[] =
    name === 'Fn::If' && Array.isArray(argument)
      ? [{ path, kind: 'Condition', target: String(argument[0]) }]
      : [];
  return [...condition, ...referencesIn(argument, path)];
}

/** Every reference in a value of a template, however deep. */
export function referencesIn(value: unknown, path: string): Reference[] {
  const intrinsic = intrinsicIn(value);
  if (intrinsic !== undefined) return ofIntrinsic(path, intrinsic.name, intrinsic.argument);
  if (Array.isArray(value))
    return value.flatMap((item, index) => referencesIn(item, `${path}.${String(index)}`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => referencesIn(item, `${path}.${key}`));
}
