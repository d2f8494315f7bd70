/** A function of CloudFormation's template language, such as `{ Ref: 'AWS::Region' }`. */
export interface Intrinsic {
  name: string;
  argument: unknown;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The intrinsic function that stands in place of a value, if one does. */
export function intrinsicIn(value: unknown): Intrinsic | undefined {
  if (!isObject(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

/** CloudFormation leaves out a property or a list's item with this value. */
export const isNoValue = (value: unknown): boolean => {
  const intrinsic = intrinsicIn(value);
  return intrinsic?.name === 'Ref' && intrinsic.argument === 'AWS::NoValue';
};

/** `Fn::GetAtt` has two spellings: a list, and a text with a dot. */
export function getAttOf(argument: unknown): { id: string; attribute: string } {
  const parts = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  const [id = '', ...attribute] = parts;
  return { id, attribute: attribute.join('.') };
}

/** `Fn::Sub` has two spellings: a text, and a text with values for some of its variables. */
export function subOf(argument: unknown): { text: string; values: Record<string, unknown> } {
  const [text, values] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  return { text: String(text), values: isObject(values) ? values : {} };
}

/** A variable in the text of `Fn::Sub`; `${!Name}` is a literal `${Name}`. */
export const SUB_VARIABLE = /\$\{([^!}][^}]*)\}/g;
