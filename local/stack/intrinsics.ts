/** What the names of a template stand for, once it is deployed. */
export interface Names {
  /** What `Ref` answers; `undefined` for AWS::NoValue, whose property is then left out. */
  ref: (name: string) => string | undefined;
  /** What `Fn::GetAtt` answers. */
  attribute: (resource: string, attribute: string) => string;
}

/** `${Name}`, `${Resource.Attribute}`, and `${!Literal}`, which stands for itself. */
const VARIABLE = /\$\{(!?)([^}]+)\}/g;

/**
 * Computes the intrinsic functions in a part of a template, as CloudFormation does when it deploys it: Ref,
 * Fn::GetAtt, Fn::Join and Fn::Sub.
 * @throws {Error} for any other function, and for a name that stands for nothing
 */
export function resolveIntrinsics(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolveIntrinsics(item, names)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && /^(Ref$|Fn::)/.test(name)) return call(name, argument, names);
  const members = entries
    .map(([key, member]: [string, unknown]) => [key, resolveIntrinsics(member, names)] as const)
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(members);
}

function call(name: string, argument: unknown, names: Names): unknown {
  switch (name) {
    case 'Ref':
      return names.ref(textOf(argument, name));
    case 'Fn::GetAtt':
      return attributeOf(Array.isArray(argument) ? argument.join('.') : textOf(argument, name), names);
    case 'Fn::Join': {
      const [separator, items] = argument as [string, unknown];
      return (resolveIntrinsics(items, names) as unknown[]).map((item) => textOf(item, name)).join(separator);
    }
    case 'Fn::Sub':
      return substitute(argument, names);
    default:
      throw new Error(`${name}: only Ref, Fn::GetAtt, Fn::Join and Fn::Sub can be computed here`);
  }
}

function attributeOf(path: string, names: Names): string {
  const dot = path.indexOf('.');
  return names.attribute(path.slice(0, dot), path.slice(dot + 1));
}

function substitute(argument: unknown, names: Names): string {
  const [text, given] = (Array.isArray(argument) ? argument : [argument, {}]) as [unknown, object];
  const own = new Map(Object.entries(resolveIntrinsics(given, names) as object));
  return textOf(text, 'Fn::Sub').replaceAll(VARIABLE, (_whole, isLiteral: string, name: string) => {
    if (isLiteral !== '') return `\${${name}}`;
    if (own.has(name)) return textOf(own.get(name), 'Fn::Sub');
    return name.includes('.') ? attributeOf(name, names) : textOf(names.ref(name), 'Fn::Sub');
  });
}

function textOf(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where}: expected text, found ${JSON.stringify(value)}`);
}
