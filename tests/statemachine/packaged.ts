import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { withPackagedService, type PackageOptions } from '../../local/lambda/package-service';
import { packagedProcess } from '../../local/lambda/packaged-process';
import { withUnpackedService } from '../../local/lambda/unpack-service';

/** Key in serverless.yml, and the stem of its file in functions/. */
export const FUNCTIONS = [
  ['kickoff', 'kickoff'],
  ['preflight', 'preflight'],
  ['createSecret', 'create-secret'],
  ['setSecret', 'set-secret'],
  ['testSecret', 'test-secret'],
  ['finishSecret', 'finish-secret'],
  ['reportOutcome', 'report-outcome'],
  ['reportAge', 'report-age'],
] as const;

const EXAMPLE_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:master-AbCdEf';

interface Statement {
  Action: string | string[];
  Resource: unknown;
}
interface Resource {
  Type: string;
  Properties: Record<string, unknown> & {
    Policies?: { PolicyName?: string; PolicyDocument?: { Statement: Statement[] } }[];
  };
}
/** What a test wants to know of one packaging, read before its folder is gone. */
export interface Packaged {
  text: string;
  resources: Record<string, Resource>;
  /** Content of each zip, by function and path. */
  zips: Record<string, Record<string, string>>;
  /** The name of the error with which each packaged function answers an empty event. */
  answers: Record<string, unknown>;
}

async function read(directory: string): Promise<Packaged> {
  const text = await readFile(join(directory, 'cloudformation-template-update-stack.json'), 'utf8');
  const { Resources: resources } = JSON.parse(text) as { Resources: Record<string, Resource> };
  const zips: Packaged['zips'] = {};
  for (const [name] of FUNCTIONS) {
    const entries = Object.entries(unzipSync(await readFile(join(directory, `${name}.zip`))));
    zips[name] = Object.fromEntries(entries.map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
  }
  const answers = await withUnpackedService(directory, async (functions) => {
    const answered = Object.values(functions).map(async (packaged) => {
      const environment = { MASTER_SECRET_ARN: EXAMPLE_ARN, AWS_REGION: 'eu-west-1' };
      const invoke = packagedProcess(packaged, { environment, onLog: () => undefined });
      const failure: unknown = await invoke({}).catch((thrown: unknown) => thrown);
      return [packaged.name, (failure as Error).name];
    });
    return Object.fromEntries(await Promise.all(answered)) as Record<string, unknown>;
  });
  return { text, resources, zips, answers };
}

export const packageWith = (options: PackageOptions): Promise<Packaged> => withPackagedService(options, read);

/** The state machine's definition with names in place of the functions' ARNs. */
export function definitionOf(packaged: Packaged): { States: Record<string, Record<string, unknown>> } {
  const { DefinitionString } = packaged.resources['RotationStateMachine']?.Properties as {
    DefinitionString: { 'Fn::Sub': [string, Record<string, { 'Fn::GetAtt': string[] }>] };
  };
  const [text, functions] = DefinitionString['Fn::Sub'];
  const named = text.replace(
    /\$\{(\w+)\}/g,
    (_token, key: string) => functions[key]?.['Fn::GetAtt'][0] ?? '',
  );
  return JSON.parse(named) as ReturnType<typeof definitionOf>;
}

/** Every value under one of the names, however deep. */
export function valuesOf(names: string[], value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    names.includes(key) ? [inner] : valuesOf(names, inner),
  );
}

export const statementsOf = (packaged: Packaged, role: string): Statement[] =>
  (packaged.resources[role]?.Properties.Policies ?? []).flatMap(
    (policy) => policy.PolicyDocument?.Statement ?? [],
  );

export const rolesThatMay = (packaged: Packaged, action: string, arn: string): string[] =>
  Object.keys(packaged.resources).filter((role) =>
    statementsOf(packaged, role).some(
      ({ Action, Resource }) => [Action].flat().includes(action) && [Resource].flat().includes(arn),
    ),
  );
