import type { Experiment } from '../experiment';
import { blocking } from './blocking';
import { deployment } from './deployment';
import { earlyPromotion } from './early-promotion';
import { lateRedrive } from './late-redrive';
import { promotion } from './promotion';
import { redriveCount } from './redrive-count';
import { redriveInWait } from './redrive-in-wait';
import { retries } from './retries';
import { schedule } from './schedule';

/** Everything that is asked, the quick ones first. A new question is a file beside this one and a line here. */
export const experiments: readonly Experiment[] = [
  deployment,
  schedule,
  redriveInWait,
  redriveCount,
  promotion,
  earlyPromotion,
  blocking,
  lateRedrive,
  retries,
];
