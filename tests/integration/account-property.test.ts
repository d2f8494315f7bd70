import { describeRandomAccounts } from '../shapes/describe-random-accounts';

describeRandomAccounts({ usual: 15, partial: 15 });
