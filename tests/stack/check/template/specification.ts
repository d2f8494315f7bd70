import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Resource, SpecDatabase } from '@aws-cdk/service-spec-types';

let loaded: SpecDatabase | undefined;

/** AWS's own schemas of every resource type, as a package of the CDK's carries them. Loading takes about 0.6 s. */
export function specification(): SpecDatabase {
  loaded ??= loadAwsServiceSpecSync();
  return loaded;
}

/** @param type such as `AWS::Lambda::Function` */
export function resourceType(type: string): Resource | undefined {
  return [...specification().lookup('resource', 'cloudFormationType', 'equals', type)][0];
}
