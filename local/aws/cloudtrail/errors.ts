import { AwsError } from '../protocol/aws-error';

/** The error names that LookupEvents answers with. */
type CloudTrailErrorName =
  | 'InvalidLookupAttributesException'
  | 'InvalidMaxResultsException'
  | 'InvalidNextTokenException'
  | 'InvalidTimeRangeException';

/** An answer of CloudTrail that is not a success. */
export function refusal(name: CloudTrailErrorName, message: string): AwsError {
  return new AwsError(name, message);
}
