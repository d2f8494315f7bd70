/** The settings of the deployment and of the SDK, which a process of its own does not inherit. */
const SETTINGS = /^(AWS_|DB_|APP_USER_|MASTER_SECRET_ARN|STATE_MACHINE_ARN|KICKOFF_|ALLOW_|USERNAME_SUFFIX)/;

/** What a Lambda finds in its environment: the settings that the active world made, as this process has them. */
export function lambdaEnvironment(further: Readonly<Record<string, string>> = {}): Record<string, string> {
  const settings = Object.entries(process.env).filter(
    (entry): entry is [string, string] => SETTINGS.test(entry[0]) && entry[1] !== undefined,
  );
  return { ...Object.fromEntries(settings), ...further };
}
