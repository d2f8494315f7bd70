import { executionNames } from '../../../lib/rotation/kickoff/execution-names';
import { shellWord } from '../../../lib/rotation/shell-word';

const SecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:app-AbCdEf';
const namesOf = (ClientRequestToken: string, operation: 'rotate' | 'preflight' = 'rotate') =>
  executionNames({ Step: 'createSecret', SecretId, ClientRequestToken }, operation);

describe("names of a rotation's executions", () => {
  it('hold an ordinary token as it is, as releases before this one wrote them', () => {
    expect(namesOf('11111111-2222-4333-8444-555555555555')).toEqual([
      'b6126670-11111111-2222-4333-8444-555555555555',
      'b6126670-11111111-2222-4333-8444-555555555555-2',
      'b6126670-11111111-2222-4333-8444-555555555555-3',
    ]);
  });

  it.each(['a:b/c.d+e=f,'.repeat(4), 'ü'.repeat(64), `${'x'.repeat(63)}*`])(
    'hold only what Step Functions allows, for the token %s',
    (token) => {
      for (const name of [...namesOf(token), ...namesOf(token, 'preflight')]) {
        expect(name).toMatch(/^[0-9A-Za-z_-]{1,80}$/);
      }
      expect(namesOf(token)).toEqual(namesOf(token));
    },
  );

  it('differ for tokens that differ in a character that no name may hold', () => {
    const tokens = ['.', ':', '/', '+', '='].map((mark) => `deploy${mark}`.padEnd(32, '0'));
    expect(new Set(tokens.map((token) => namesOf(token)[0])).size).toBe(tokens.length);
  });

  it('of a token that is the replacement of another differ from those of the other', () => {
    const [name = ''] = namesOf('a:b'.padEnd(32, '0'));
    expect(namesOf(name.slice(9))).not.toContain(name);
  });
});

describe('a version id in a command that a message gives', () => {
  it.each([
    ['11111111-2222-4333-8444-555555555555', '11111111-2222-4333-8444-555555555555'],
    ['deploy:2026/03.01+1=2@x', 'deploy:2026/03.01+1=2@x'],
    ['$(id) `id`', "'$(id) `id`'"],
    ["it's", String.raw`'it'\''s'`],
  ])('is one word of a shell: %s', (versionId, word) => {
    expect(shellWord(versionId)).toBe(word);
  });
});
