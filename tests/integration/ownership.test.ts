import { endSecretsManagerAfterAll } from '../support/world';
import { describeOwnership } from './ownership-cases';
import { describeProofs } from './ownership-proof-cases';

endSecretsManagerAfterAll();

describe('whose a standby user is, on MySQL', () => {
  describeOwnership({ isMarked: true });
  describeProofs({ isMarked: true });
});
