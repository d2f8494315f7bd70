import { RotationSupersededError, SecretStoreUnavailableError } from '../../../lib/errors';
import { judgeStanding } from '../../../lib/rotation/fence';
import { SCHEMA_VERSION, type RotationState } from '../../../lib/rotation/state';
import type { SecretDescription } from '../../../lib/secrets/secret-store';

const OLD = 'a0000000-0000-4000-8000-000000000000';
const OURS = 'b0000000-0000-4000-8000-000000000000';
const OTHER = 'c0000000-0000-4000-8000-000000000000';
const SEEN = new Date('2026-11-01T03:00:00.125Z');
const SINCE = new Date(SEEN.getTime() + 1);
const BEFORE = new Date(SEEN.getTime() - 1);

const state: RotationState = {
  schemaVersion: SCHEMA_VERSION,
  executionArn: 'arn:aws:states:us-east-1:000000000000:execution:rotation:one',
  secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:app-AbCdEf',
  owner: 'schedule',
  versionId: OURS,
  currentVersionId: OLD,
  changedAt: SEEN.toISOString(),
  currentUser: 'app_a',
  pendingUser: 'app_b',
  host: 'db.example',
  port: 3306,
  masterArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:master-AbCdEf',
  alreadyRotated: false,
  masterRotating: false,
};

const described = (stages: SecretDescription['stages'], changedAt: Date | undefined): SecretDescription => ({
  arn: state.secretArn,
  stages,
  rotationEnabled: false,
  changedAt,
  deletedAt: undefined,
  primaryRegion: undefined,
  owningService: undefined,
});

const WITHOUT_OURS = { [OLD]: ['AWSCURRENT'] };
const MOVED_ON = { [OTHER]: ['AWSCURRENT'], [OLD]: ['AWSPREVIOUS'] };

describe('a rotation is judged by the labels', () => {
  it.each([
    ['is open while both are where it left them', { [OLD]: ['AWSCURRENT'], [OURS]: ['AWSPENDING'] }, 'open'],
    ['has been promoted when its version is current', { [OURS]: ['AWSCURRENT', 'AWSPENDING'] }, 'promoted'],
  ])('%s', (_what, stages, standing) => {
    expect(judgeStanding(state, described(stages, SINCE))).toBe(standing);
  });

  it.each([
    ['AWSPENDING was taken away', WITHOUT_OURS],
    ['AWSCURRENT moved on', MOVED_ON],
  ])('is superseded when %s since it began', (_what, stages) => {
    expect(() => judgeStanding(state, described(stages, SINCE))).toThrow(RotationSupersededError);
  });

  it.each([
    ['of the moment before it wrote', WITHOUT_OURS, SEEN],
    ['that are older than that', MOVED_ON, BEFORE],
  ])('is judged again later when it is shown labels %s', (_what, stages, changedAt) => {
    expect(() => judgeStanding(state, described(stages, changedAt))).toThrow(SecretStoreUnavailableError);
  });

  it('is superseded, as ever, when nobody says when the labels changed, or an older release began it', () => {
    expect(() => judgeStanding(state, described(WITHOUT_OURS, undefined))).toThrow(RotationSupersededError);
    const older = { ...state, changedAt: undefined };
    expect(() => judgeStanding(older, described(WITHOUT_OURS, BEFORE))).toThrow(RotationSupersededError);
  });
});
