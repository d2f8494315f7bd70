/** Name of a state machine, from its ARN or from that of an execution. */
export function machineNameOf(arn: string): string {
  return arn.split(':')[6] ?? arn;
}

/**
 * A secret's name, from what an execution was told: the name itself, or an ARN, to which Secrets Manager adds a
 * hyphen and six characters (user guide, "What's in a Secrets Manager secret?").
 */
export function secretNameOf(secretId: string): string {
  const name = /^arn:[^:]+:secretsmanager:[^:]*:\d*:secret:(.+)$/.exec(secretId)?.[1];
  return name?.replace(/-[A-Za-z0-9]{6}$/, '') ?? secretId;
}
