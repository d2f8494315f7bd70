import { stripVTControlCharacters } from 'node:util';
import { endpointOf } from '../../verify/report/document';
import { answerTable } from '../../verify/report/table';
import type { Outcome } from '../../verify/run-experiment';
import { start } from './command';

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:rotation';
const KICKOFF = 'arn:aws:lambda:eu-west-1:123456789012:function:kickoff';
const STACK = ['--state-machine-arn', MACHINE, '--kickoff-arn', KICKOFF];

const verify = (...args: string[]) => start('verify/verify-aws.ts', args).ended;

describe('wrong use of verify:aws', () => {
  it.each([
    { args: [], named: /--secret-id/ },
    { args: ['--secret-id', 'test', ...STACK], named: /--yes-rotate-this-secret/ },
    {
      args: ['--secret-id', 'test', ...STACK, '--kickoff-arn', KICKOFF.replace('west', 'east')],
      named: /one Region and account/,
    },
    { args: ['--state-machine-arn', KICKOFF], named: /--state-machine-arn.*arn:aws:states/ },
    { args: ['--retry-window', 'long'], named: /--retry-window.*seconds/ },
  ])('$args exits with 2, asks nobody, and says why', async ({ args, named }) => {
    const { code, stdout, stderr } = await verify(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(named);
  });
});

describe('verify:aws --list', () => {
  it('says what would be asked, how, and for how long, without asking anybody', async () => {
    const { code, stdout } = await verify('--list', '--json', '--only', 'retries', '--retry-window', '60');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      experiments: [
        {
          id: 'retries',
          question: expect.stringMatching(/\?$/) as string,
          does: expect.stringContaining('stops') as string,
          noContradictsDesign: false,
          atMostSeconds: 1_800 + 60 + 900,
        },
      ],
    });
  });
});

describe("verify:aws's table", () => {
  const outcome: Outcome = {
    id: 'promotion',
    question: 'Is it?',
    answer: 'no',
    why: 'It is not.',
    contradictsDesign: true,
    evidence: [
      { at: '2026-11-01T03:00:00.000Z', source: 'CloudTrail', what: 'RotationFailed', eventId: 'e1' },
    ],
    notRestored: ['AWSPENDING'],
    seconds: 1,
  };
  const endpoints = { secretsManager: 'aws', stepFunctions: 'aws', cloudTrail: 'http://127.0.0.1:4586' };
  const table = (endpoint: string): string =>
    stripVTControlCharacters(
      answerTable({
        endpoint,
        endpoints,
        region: 'eu-west-1',
        secretArn: 'arn',
        stateMachineArn: MACHINE,
        kickoffArn: KICKOFF,
        startedAt: '2026-11-01T03:00:00.000Z',
        seconds: 1,
        experiments: [outcome],
      }),
    );

  it('shows answer, evidence with its id, and what could not be restored', () => {
    expect(table('aws')).toBe(
      [
        'promotion  no, against the design  1.0 s',
        '           Is it?',
        '           It is not.',
        '           not restored: AWSPENDING',
        '           2026-11-01T03:00:00.000Z  CloudTrail       RotationFailed  event e1',
        '',
        'endpoint: aws',
      ].join('\n'),
    );
  });

  it('says that the answers prove nothing about AWS when any of the services was not AWS', () => {
    expect(endpointOf(endpoints)).toBe('http://127.0.0.1:4586');
    expect(table(endpointOf(endpoints))).toMatch(/endpoint: http:\S+4586; .* nothing about AWS$/);
  });
});
