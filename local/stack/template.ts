import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'cloudformation-template-update-stack.json';

export interface TemplateResource {
  Type: string;
  Properties?: Readonly<Record<string, unknown>>;
}

/** A CloudFormation template, as far as it is read here. */
export interface Template {
  Resources: Readonly<Record<string, TemplateResource>>;
}

/**
 * Reads what `serverless package` would deploy.
 * @param packageDirectory what the framework wrote, usually `.serverless`
 * @throws {Error} when there is no packaging
 */
export async function readTemplate(packageDirectory: string): Promise<Template> {
  const text = await readFile(join(packageDirectory, FILE), 'utf8').catch(() => {
    throw new Error(`${packageDirectory} holds no packaged service (${FILE}): run "npm run package" first`);
  });
  return JSON.parse(text) as Template;
}

/** The resources of one type, by logical id and in the order of the template. */
export function resourcesOf(template: Template, type: string): [logicalId: string, TemplateResource][] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
}
