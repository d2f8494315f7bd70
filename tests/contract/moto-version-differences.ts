import type { MotoDifference } from './moto-difference';

const PUT = { operation: 'PutSecretValue', suite: 'S7: PutSecretValue' } as const;
const MOVE = { operation: 'UpdateSecretVersionStage', suite: 'S8: UpdateSecretVersionStage' } as const;
const LIST_VERSIONS = { operation: 'ListSecretVersionIds', suite: 'S8: ListSecretVersionIds' } as const;

/** What moto does otherwise to versions and their labels. */
export const VERSION_DIFFERENCES: readonly MotoDifference[] = [
  {
    rule: 'S4',
    operation: 'GetSecretValue',
    suite: 'S4: GetSecretValue',
    tests: ['does not find a label that no version bears'],
    moto: 'says that the secret does not exist',
    aws: 'says that no version bears the label; the name of the error is the same',
    source: "recorded from AWS in LocalStack's test_secret_version_not_found",
  },
  {
    ...PUT,
    rule: 'S7',
    tests: [
      'does nothing the second time with the same token and data',
      'refuses another text under the token of a version that is AWSPENDING, and keeps the first',
      'refuses the same text as bytes under the token of a version that is AWSPENDING, and keeps the first',
    ],
    moto: 'overwrites a version that is AWSPENDING, and moves labels to it',
    aws: 'never changes a version: same data is ignored, other data is ResourceExistsException',
    source: 'API_PutSecretValue, ClientRequestToken',
  },
  {
    ...PUT,
    rule: '-',
    tests: ['takes 65,536 bytes and refuses one more, without quoting them'],
    moto: 'takes a value of any length',
    aws: 'takes 65,536 bytes',
    source: 'API_PutSecretValue, SecretString',
  },
  {
    ...PUT,
    rule: '-',
    tests: ['refuses both kinds of value at once, and none'],
    moto: 'stores a text and bytes in one version',
    aws: 'takes one of them, not both',
    source: 'API_PutSecretValue, SecretString',
  },
  {
    ...MOVE,
    rule: 'S8',
    tests: ['refuses to remove AWSCURRENT without a move'],
    moto: 'leaves the secret without AWSCURRENT',
    aws: 'moves AWSCURRENT, but does not remove it: one version always has it',
    source: "User Guide, What's in a Secrets Manager secret?",
  },
  {
    ...MOVE,
    rule: 'S8',
    tests: ['accepts a move to the version that bears the label already'],
    moto: 'wants RemoveFromVersionId for AWSCURRENT in every case',
    aws: 'wants it when the label is attached to a different version',
    source: 'API_UpdateSecretVersionStage, RemoveFromVersionId',
  },
  {
    ...MOVE,
    rule: 'S8',
    tests: ['does not find a version that does not exist'],
    moto: 'says InvalidParameterException, and has taken the label off by then',
    aws: 'says ResourceNotFoundException and changes nothing',
    source: 'API_UpdateSecretVersionStage, Errors',
  },
  {
    operation: 'UpdateSecretVersionStage',
    suite: 'S7 and S8: staging labels',
    rule: 'S8',
    tests: ['are on one version at most and AWSCURRENT is never lost, whatever is called in whatever order'],
    moto: 'lets any label but AWSCURRENT be on two versions, and forgets a label in a move that fails',
    aws: 'attaches a label to one version at a time',
    source: 'API_UpdateSecretVersionStage',
  },
  {
    ...LIST_VERSIONS,
    rule: '-',
    tests: ['lists the versions that bear labels'],
    moto: "gives the secret's name as its ARN, and lists deprecated versions unasked",
    aws: 'gives the ARN, and lists deprecated versions when IncludeDeprecated says so',
    source: 'API_ListSecretVersionIds, IncludeDeprecated',
  },
  {
    ...LIST_VERSIONS,
    rule: '-',
    tests: ['gives page after page'],
    moto: 'ignores MaxResults',
    aws: 'gives a page at a time',
    source: 'API_ListSecretVersionIds, MaxResults',
  },
];
