import { describeRandomAccounts } from '../shapes/describe-random-accounts';

describeRandomAccounts({ usual: 500, partial: 100 });
