import { cancelRotateSecret } from './cancel-rotate-secret';
import { createSecret } from './create-secret';
import { deleteSecret } from './delete-secret';
import { describeSecret } from './describe-secret';
import { getRandomPassword } from './get-random-password';
import { getSecretValue } from './get-secret-value';
import { listSecretVersionIds } from './list-secret-version-ids';
import { listSecrets } from './list-secrets';
import type { Operation } from './operation';
import { putSecretValue } from './put-secret-value';
import { restoreSecret } from './restore-secret';
import { rotateSecret } from './rotate-secret';
import { tagResource } from './tag-resource';
import { untagResource } from './untag-resource';
import { updateSecret } from './update-secret';
import { updateSecretVersionStage } from './update-secret-version-stage';

/** Everything the endpoint can do. A new operation is a file beside this one and a line here. */
export const operations: readonly Operation[] = [
  cancelRotateSecret,
  createSecret,
  deleteSecret,
  describeSecret,
  getRandomPassword,
  getSecretValue,
  listSecretVersionIds,
  listSecrets,
  putSecretValue,
  restoreSecret,
  rotateSecret,
  tagResource,
  untagResource,
  updateSecret,
  updateSecretVersionStage,
];
