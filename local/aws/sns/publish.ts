import { randomUUID } from 'node:crypto';
import { AwsError } from '../protocol/aws-error';

/** A message that was accepted. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Bytes of message and attributes together (API reference, Publish). */
const LARGEST_MESSAGE = 262_144;

/**
 * Publish: judges a message as the API reference says, and as older editions of it do for the subject ("must be
 * ASCII text that begins with a letter, number, or punctuation mark"), which is the stricter reading.
 * @throws {AwsError} InvalidParameter or NotFound
 */
export function publish(parameters: URLSearchParams, topicArns: readonly string[]): PublishedMessage {
  const topicArn = parameters.get('TopicArn') ?? '';
  const message = parameters.get('Message') ?? '';
  const subject = parameters.get('Subject') ?? undefined;
  if (message === '') throw invalid('Message', 'Empty message');
  if (subject !== undefined && !/^[!-~][ -~]{0,98}$/.test(subject)) throw invalid('Subject');
  const attributes = attributesIn(parameters);
  const size = [message, ...Object.entries(attributes).flat()].join('');
  if (Buffer.byteLength(size) > LARGEST_MESSAGE) throw invalid('Message too long');
  if (!topicArns.includes(topicArn)) throw new AwsError('NotFound', 'Topic does not exist');
  return { messageId: randomUUID(), topicArn, subject, message, attributes };
}

/** A map comes as numbered entries, each with a name and a value. */
function attributesIn(parameters: URLSearchParams): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (let number = 1; ; number += 1) {
    const entry = `MessageAttributes.entry.${number}`;
    const name = parameters.get(`${entry}.Name`);
    if (name === null) return attributes;
    const value = parameters.get(`${entry}.Value.StringValue`) ?? '';
    if (!/^(?!\.|AWS\.|Amazon\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i.test(name))
      throw invalid('MessageAttributes');
    if (parameters.get(`${entry}.Value.DataType`) !== 'String' || value === '') {
      throw invalid('MessageAttributes', `The message attribute '${name}' must contain a non-empty text`);
    }
    attributes[name] = value;
  }
}

function invalid(parameter: string, reason?: string): AwsError {
  return new AwsError(
    'InvalidParameter',
    `Invalid parameter: ${parameter}${reason === undefined ? '' : ` Reason: ${reason}`}`,
  );
}
