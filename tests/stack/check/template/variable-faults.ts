import type { Template } from '../template';
import { intrinsicIn, isObject, subOf } from './intrinsics';

/** A variable of the framework's that it did not resolve. Those of CloudFormation have no single colon. */
const FRAMEWORK_VARIABLE = /\$\{(?!AWS::)[\w.-]+(\([^)]*\))?:(?!:)[^}]*\}/;

function inText(text: string, path: string, isSubstituted: boolean): string[] {
  if (FRAMEWORK_VARIABLE.test(text)) return [`${path}: a variable of the framework's is left in "${text}"`];
  if (!isSubstituted && /\$\{[^}]*\}/.test(text))
    return [`${path}: a variable outside of Fn::Sub in "${text}"`];
  return [];
}

function inValue(value: unknown, path: string): string[] {
  if (typeof value === 'string') return inText(value, path, false);
  const intrinsic = intrinsicIn(value);
  if (intrinsic?.name === 'Fn::Sub') {
    const { text, values } = subOf(intrinsic.argument);
    return [...inText(text, path, true), ...inValue(values, path)];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => inValue(item, `${path}.${String(index)}`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => inValue(item, `${path}.${key}`));
}

/** Tells the variables that would be deployed as the text that they are. */
export function variableFaults(template: Template): string[] {
  return [...inValue(template.Resources, 'Resources'), ...inValue(template.Outputs, 'Outputs')];
}
