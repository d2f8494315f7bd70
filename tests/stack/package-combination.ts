import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withPackagedService, type PackageOptions } from '../../local/lambda/package-service';
import type { Combination } from './combinations';

export interface Resource {
  Type: string;
  DependsOn?: string | string[];
  Properties: Record<string, unknown>;
}

/** The part of a CloudFormation template that packaging writes. */
export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
}

/** A stage that is deployed, in the region of the secrets that the tests name. */
export const STAGE = { stage: 'prod', environment: { AWS_REGION: 'eu-central-1' } };

/**
 * The template that packaging makes, without an account or a network. tests/integration/packaging.test.ts looks at
 * the code that is packaged with it.
 * @throws when packaging is refused; the message is what the framework printed.
 */
export const packageTemplate = (parameters: NonNullable<PackageOptions['parameters']>): Promise<Template> =>
  withPackagedService({ ...STAGE, parameters, templateOnly: true }, async (directory) => {
    const file = join(directory, 'cloudformation-template-update-stack.json');
    return JSON.parse(await readFile(file, 'utf8')) as Template;
  });

/** Packages with exactly these parameters. */
export const packageCombination = ({ parameters }: Combination): Promise<Template> =>
  packageTemplate(parameters);
