import type { Failure } from '../executions/execution-records';
import { platformError } from './platform-errors';
import { hasRemedy, remedyFor } from './remedies';

/** An error in words that may be shown to anybody who reads the notice. */
export interface Explanation {
  /** Letters, digits, dots and underscores only. */
  name: string;
  meaning: string;
  remedy: string;
  /** The runbook's heading; `undefined` when it has none for this name. */
  anchor: string | undefined;
}

/** Longest message that is passed on, in characters: room for a list of rights, and far below what SNS takes. */
const LONGEST_MESSAGE = 4_000;

/**
 * Explains an error by its name. Messages of this service's own errors hold no secret and are passed on; those of
 * others may quote anything, so for these names a text of ours stands in.
 */
export function explainError({ error: name, cause }: Failure): Explanation {
  if (hasRemedy(name)) {
    return { name, meaning: messageIn(cause), remedy: remedyFor(name), anchor: anchorOf(name) };
  }
  const known = platformError(name);
  if (known !== undefined) return { name, ...known, anchor: anchorOf(name) };
  return {
    name: /^[\w.]{1,80}$/.test(name) ? name : 'an unknown error',
    meaning:
      'This name is none of this service; what was said with it is withheld, for it may hold anything.',
    remedy: "Read the execution's history and the Lambda's log.",
    anchor: undefined,
  };
}

/** GitHub's way from a heading to its anchor, for headings of one word. */
const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll('.', '');

/** The message as one paragraph. A cause that was cut off is no JSON any more. */
function messageIn(cause: string | undefined): string {
  try {
    const { errorMessage } = JSON.parse(cause ?? '') as { errorMessage?: unknown };
    if (typeof errorMessage === 'string') return onOneLine(errorMessage).slice(0, LONGEST_MESSAGE);
  } catch {
    // told below
  }
  return "Its message could not be read; it is in the execution's history.";
}

function onOneLine(text: string): string {
  // an identifier in a database may hold any character
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}
