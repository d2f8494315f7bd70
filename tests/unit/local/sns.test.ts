import { PublishCommand, SNSClient, type PublishCommandInput } from '@aws-sdk/client-sns';
import { AwsError } from '../../../local/aws/protocol/aws-error';
import { startSns, type SnsServer } from '../../../local/aws/sns/server';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:notices';

let sns: SnsServer;
let client: SNSClient;
let refusal: AwsError | undefined;

beforeAll(async () => {
  sns = await startSns({
    topicArns: [TOPIC],
    onCall: () => {
      if (refusal !== undefined) throw refusal;
    },
  });
  client = new SNSClient({
    endpoint: sns.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterEach(() => {
  refusal = undefined;
});
afterAll(async () => {
  client.destroy();
  await sns.close();
});

const publish = (differing: Partial<PublishCommandInput> = {}) =>
  client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'text', ...differing }));

describe('the embedded SNS', () => {
  it('keeps what the SDK publishes, to the letter', async () => {
    const message = 'Zwei Zeilen\n  mit & < > "é" ☂ %20 + = ;\n';
    const { MessageId } = await publish({
      Subject: 'a & b <c>',
      Message: message,
      MessageAttributes: {
        status: { DataType: 'String', StringValue: 'FAILED' },
        state: { DataType: 'String', StringValue: 'SetSecret & more' },
      },
    });

    expect(sns.messages.at(-1)).toEqual({
      messageId: MessageId,
      topicArn: TOPIC,
      subject: 'a & b <c>',
      message,
      attributes: { status: 'FAILED', state: 'SetSecret & more' },
    });
  });

  it.each<[Partial<PublishCommandInput>, string]>([
    [{ TopicArn: `${TOPIC}-2` }, 'NotFound'],
    [{ Message: '' }, 'InvalidParameter'],
    [{ Message: 'é'.repeat(131_073) }, 'InvalidParameter'],
    [{ Subject: 'x'.repeat(100) }, 'InvalidParameter'],
    [{ Subject: 'two\nlines' }, 'InvalidParameter'],
    [{ Subject: ' begins with a space' }, 'InvalidParameter'],
    [{ Subject: 'naïve' }, 'InvalidParameter'],
    [{ MessageAttributes: { a: { DataType: 'String', StringValue: '' } } }, 'InvalidParameter'],
    [{ MessageAttributes: { 'AWS.a': { DataType: 'String', StringValue: 'x' } } }, 'InvalidParameter'],
    [{ MessageAttributes: { 'a b': { DataType: 'String', StringValue: 'x' } } }, 'InvalidParameter'],
  ])('refuses what SNS refuses (case %#)', async (differing, name) => {
    const before = sns.messages.length;

    await expect(publish(differing)).rejects.toMatchObject({ Error: { Code: name } });

    expect(sns.messages).toHaveLength(before);
  });

  it('answers with the error that a test wishes', async () => {
    refusal = new AwsError('KMSAccessDenied', 'no <key>');

    await expect(publish()).rejects.toMatchObject({
      message: 'no <key>',
      Error: { Code: 'KMSAccessDenied' },
    });
  });
});
