import { deriveVersionId } from '../../../lib/rotation/version-id';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf';
const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:rotation:one';
const TIME = '2026-03-01T02:00:00Z';

describe('a version id', () => {
  it('never changes between releases', () => {
    expect(deriveVersionId(SECRET, EXECUTION, TIME)).toBe('808f3fe3-6e7e-52d9-b330-f4e5473c12bd');
    expect(deriveVersionId(SECRET, EXECUTION, undefined)).toBe('e7794881-e5d1-50d8-8e5c-b45918f04c49');
  });

  it('is shared by two deliveries of one scheduled time', () => {
    expect(deriveVersionId(SECRET, `${EXECUTION}-again`, TIME)).toBe(
      deriveVersionId(SECRET, EXECUTION, TIME),
    );
  });

  it('differs by scheduled time, by secret, and by execution of a manual run', () => {
    const ids = [
      deriveVersionId(SECRET, EXECUTION, TIME),
      deriveVersionId(SECRET, EXECUTION, '2026-03-02T02:00:00Z'),
      deriveVersionId(`${SECRET}X`, EXECUTION, TIME),
      deriveVersionId(SECRET, EXECUTION, undefined),
      deriveVersionId(SECRET, `${EXECUTION}-again`, undefined),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is one that Secrets Manager takes', () => {
    expect(deriveVersionId(SECRET, EXECUTION, TIME)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
