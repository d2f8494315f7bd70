import { isScalar, isSeq, parseDocument, visit, type YAMLMap } from 'yaml';

const isWildcard = (node: unknown): boolean =>
  isScalar(node) ? node.value === '*' : isSeq(node) && node.items.some(isWildcard);

function isCommented(statement: YAMLMap, text: string): boolean {
  const [start = 0, , end = 0] = statement.range ?? [];
  return (statement.commentBefore ?? '') !== '' || text.slice(start, end).includes('#');
}

function inYaml(path: string, text: string): string[] {
  const faults: string[] = [];
  visit(parseDocument(text), {
    Map: (_key, node) => {
      if (!node.has('Action') || node.has('Principal') || !isWildcard(node.get('Resource', true))) return;
      if (isCommented(node, text)) return;
      const line = text.slice(0, node.range?.[0] ?? 0).split('\n').length;
      faults.push(`${path}:${String(line)}: Resource '*' without a comment that says why`);
    },
  });
  return faults;
}

/** In a module, the paragraph that holds the statement must hold the comment too. */
function inModule(path: string, text: string): string[] {
  const paragraphs = text.split(/\n\s*\n/);
  const silent = paragraphs.filter((part) => /Resource: ['"]\*['"]/.test(part) && !/\/\/|\/\*/.test(part));
  return silent.map(() => `${path}: Resource '*' without a comment that says why`);
}

/** Tells the statements of a source of the template that allow something everywhere and do not say why. */
export const commentFaults = (path: string, text: string): string[] =>
  /\.ya?ml$/.test(path) ? inYaml(path, text) : inModule(path, text);
