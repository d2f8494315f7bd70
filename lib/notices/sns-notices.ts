import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { NoticeNotSentError } from '../errors';
import { nameOf } from '../secrets/store-errors';
import type { Notice, Notices } from './notices';

/** An SNS topic behind the port. */
export class SnsNotices implements Notices {
  constructor(
    private readonly client: SNSClient,
    private readonly topicArn: string,
  ) {}

  async send({ subject, text, attributes }: Notice): Promise<void> {
    const named = Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]);
    try {
      await this.client.send(
        new PublishCommand({
          TopicArn: this.topicArn,
          Subject: subject,
          Message: text,
          MessageAttributes: Object.fromEntries(named) as Record<
            string,
            { DataType: string; StringValue: string }
          >,
        }),
      );
    } catch (error) {
      throw new NoticeNotSentError(
        `Publish to ${this.topicArn} was not accepted (${nameOf(error)}): check NOTICE_TOPIC_ARN, the Lambda's role, and the policies of the topic and its KMS key`,
      );
    }
  }
}
