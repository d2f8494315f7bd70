import { describeRandomAccounts } from '../shapes/describe-random-accounts';

describeRandomAccounts('MySQL', { usual: 500, partial: 100 });
