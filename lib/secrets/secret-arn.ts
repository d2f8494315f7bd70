/**
 * Secrets Manager ends the ARN of a secret with a dash and six random letters or digits, and IAM compares the whole of it
 * (Secrets Manager user guide, "Identity-based policies"). What people copy is often the part before them.
 */
const SECRET_ARN =
  /^arn:(?<partition>[^:\s]+):secretsmanager:(?<region>[^:\s]+):(?<account>\d{12}):secret:(?<name>[\w/+=.@-]+)$/;
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/** Tells an ARN that ends as Secrets Manager ends them. A secret *named* `db-abcdef` looks like it without its suffix. */
export const isWholeSecretArn = (text: string): boolean => SECRET_ARN.test(text) && SUFFIX.test(text);

/** One in a hundred suffixes is of lower-case letters or digits only; most names that end in six characters are. */
const LOOKS_LIKE_A_WORD = /-(?:[a-z]{6}|\d{6})$/;

/** What may be wrong with the end of an ARN that was refused or not found; empty for all other texts. */
export function suffixHint(text: string): string {
  if (!SECRET_ARN.test(text)) return '';
  if (!SUFFIX.test(text)) {
    return ' (this ARN lacks the dash and the six characters that end the ARN of every secret)';
  }
  const [ending] = LOOKS_LIKE_A_WORD.exec(text) ?? [];
  if (ending === undefined) return '';
  return ` (if ${ending} is part of the secret's name, this ARN lacks the dash and the six characters after it)`;
}

const withoutSuffix = (arn: string): string => arn.replace(SUFFIX, '');

/** What two ARNs have different, of what stands before the name. */
function foreignPart(found: string, listed: string): string | undefined {
  const [one, other] = [SECRET_ARN.exec(found)?.groups, SECRET_ARN.exec(listed)?.groups];
  if (one === undefined || other === undefined) return undefined;
  if (withoutSuffix(one['name'] ?? '') !== withoutSuffix(other['name'] ?? '')) return undefined;
  const part = ['partition', 'region', 'account'].find((name) => one[name] !== other[name]);
  return part && `its ${part} is ${String(one[part])}, the listed one's is ${String(other[part])}`;
}

function differenceBetween(found: string, listed: string): string | undefined {
  if (found.trim() === listed) return 'there are blanks around it';
  if (SUFFIX.test(listed) && found === withoutSuffix(listed)) {
    return `it lacks the dash and the six characters at its end, the listed one is ${listed}`;
  }
  if (SUFFIX.test(found) && withoutSuffix(found) === listed) {
    return `the listed one, ${listed}, lacks the dash and the six characters at its end`;
  }
  if (found.toLowerCase() === listed.toLowerCase()) return `capitals differ from the listed one, ${listed}`;
  if (SUFFIX.test(found) && SUFFIX.test(listed) && withoutSuffix(found) === withoutSuffix(listed)) {
    return `the six characters at its end differ from the listed one, ${listed}: a secret that was deleted and made again has others`;
  }
  return foreignPart(found, listed);
}

/**
 * Says how an ARN differs from those that were listed, for a message. The found text is quoted only when it is the ARN of
 * a secret: a field of a secret may hold anything by mistake.
 */
export function differenceOf(found: string, listed: readonly string[]): string {
  if (!SECRET_ARN.test(found.trim())) return 'it is not the ARN of a secret (arn:…:secret:name-AbCdEf)';
  const differences = listed.map((arn) => differenceBetween(found, arn));
  const difference =
    differences.find((text) => text !== undefined) ?? `${listed.length} are listed, none is like it`;
  return `found ${found.trim()}, ${difference}`;
}
