/** Where a stack is deployed to. */
export interface StackAccount {
  readonly region: string;
  readonly accountId: string;
}

/** The account that the lab plays; AWS's own documentation uses this number. */
export const LAB_ACCOUNT_ID = '123456789012';

/** Where `lab up` is. */
export const LAB_ACCOUNT: StackAccount = { region: 'us-east-1', accountId: LAB_ACCOUNT_ID };
