import { describeRandomAccounts } from '../shapes/describe-random-accounts';

describeRandomAccounts('MariaDB', { usual: 500 });
