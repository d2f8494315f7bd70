import { describeRandomAccounts } from '../shapes/describe-random-accounts';

describeRandomAccounts('MySQL', { usual: 15 });
describeRandomAccounts('MariaDB', { usual: 15 });
