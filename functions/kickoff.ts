import { rotationEvent } from '../lib/rotation/kickoff/event';
import { kickoff } from '../lib/rotation/kickoff/kickoff';
import { pause } from '../lib/rotation/kickoff/pause';
import { config, executions, kickoffConfig, now, secretStore } from '../lib/runtime';
import { defineStep } from '../lib/step';

/**
 * The rotation function that Secrets Manager calls: hands the rotation to the state machine, and answers
 * truthfully how it went. Safe to repeat.
 */
export const handler = defineStep({
  name: 'Kickoff',
  input: rotationEvent,
  run: (event, { remaining }) =>
    kickoff(event, {
      secrets: secretStore(),
      executions: executions(),
      config: config(),
      finishWaitMs: kickoffConfig().finishWaitMs,
      now,
      pause,
      remaining,
    }),
});
