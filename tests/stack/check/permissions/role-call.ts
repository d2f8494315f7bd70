/** What a role must allow. */
export interface RoleCall {
  /** Logical id. */
  role: string;
  /** Who calls: a function's key, or the logical id of what calls for itself. */
  caller: string;
  /** With its service, such as `secretsmanager:GetSecretValue`. */
  action: string;
  /** ARN, or `*` where the action works on no resource. */
  resource: string;
  /** The test files, or the part of the template, that show it. */
  origins: string[];
}
