import { differenceOf, isWholeSecretArn, suffixHint } from '../../../lib/secrets/secret-arn';
import { translateStoreError } from '../../../lib/secrets/store-errors';

const PART = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/master=1';
const WHOLE = `${PART}-AbCdE9`;

test.each([
  [WHOLE, true],
  [PART, false],
  [`${PART}-AbCdE`, false],
  [`${PART}-??????`, false],
  [`${WHOLE} `, false],
  [`${WHOLE}:password`, false],
  ['shop/master-AbCdEf', false],
  [WHOLE.replace('111122223333', '11112222333'), false],
])('%s is the whole ARN of a secret: %s', (arn, isWhole) => {
  expect(isWholeSecretArn(arn)).toBe(isWhole);
});

test.each([
  [
    'without its six characters',
    PART,
    `it lacks the dash and the six characters at its end, the listed one is ${WHOLE}`,
  ],
  [
    'with other characters at its end',
    `${PART}-XyZ123`,
    `the six characters at its end differ from the listed one, ${WHOLE}`,
  ],
  ['in other capitals', WHOLE.toLowerCase(), `capitals differ from the listed one, ${WHOLE}`],
  ['with blanks around it', ` ${WHOLE}`, 'there are blanks around it'],
  [
    'of another region',
    WHOLE.replace('eu-west-1', 'eu-west-2'),
    "its region is eu-west-2, the listed one's is eu-west-1",
  ],
  [
    'of another account',
    WHOLE.replace('1111', '9999'),
    "its account is 999922223333, the listed one's is 111122223333",
  ],
  [
    'of another partition',
    WHOLE.replace('arn:aws:', 'arn:aws-cn:'),
    "its partition is aws-cn, the listed one's is aws",
  ],
  ['of another secret', WHOLE.replace('shop', 'blog'), '1 are listed, none is like it'],
])('the difference of an ARN %s is named', (_case, found, difference) => {
  expect(differenceOf(found, [WHOLE])).toBe(
    `found ${found.trim()}, ${difference}${difference.includes('six characters at its end differ') ? ': a secret that was deleted and made again has others' : ''}`,
  );
});

test('the difference to a listed ARN without its six characters is named', () => {
  expect(differenceOf(WHOLE, ['x', PART])).toContain(`the listed one, ${PART}, lacks the dash`);
});

test.each(['a password by mistake', 'shop/master', '', `${PART} or so`])(
  'the text "%s" in place of an ARN is not quoted',
  (text) => {
    expect(differenceOf(text, [WHOLE])).toBe('it is not the ARN of a secret (arn:…:secret:name-AbCdEf)');
  },
);

test.each([
  ['AccessDeniedException', 'SecretAccessDeniedError'],
  ['ResourceNotFoundException', 'SecretNotFoundError'],
])('the answer %s about a part of an ARN says what is missing', (name, error) => {
  const translate = (arn: string) => translateStoreError('DescribeSecret', arn, { name });
  expect(translate(PART)).toMatchObject({
    name: error,
    message: expect.stringContaining('lacks the dash and the six characters') as unknown,
  });
  expect(translate(`${PART}-writer`).message).toContain("if -writer is part of the secret's name");
  expect(translate(WHOLE).message).not.toContain('six characters');
  expect(translate('shop/master').message).not.toContain('six characters');
});

test('an ARN whose end only looks like six characters is pointed out as such', () => {
  expect(suffixHint(`${PART}-abcdef`)).toContain('if -abcdef is part');
  expect(suffixHint(`${PART}-AbCdEf`)).toBe('');
});
