import { relative } from 'node:path';

// Processes that a test starts inherit it, so that their calls are told apart too.
process.env['STEPWISE_ROTATION_CALL_ORIGIN'] = relative(process.cwd(), expect.getState().testPath ?? '');
