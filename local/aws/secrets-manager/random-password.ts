import { randomInt } from 'node:crypto';
import { invalidParameter, invalidRequest } from './errors';

/** The character classes of GetRandomPassword, in the spelling of AWS's API reference. */
const CLASSES = {
  Uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  Lowercase: 'abcdefghijklmnopqrstuvwxyz',
  Numbers: '0123456789',
  Punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

type ClassName = keyof typeof CLASSES;

interface PasswordRules {
  length: number;
  excludedCharacters: string;
  excludedClasses: readonly ClassName[];
  includeSpace: boolean;
  requireEachClass: boolean;
}

/**
 * Draws a password, each allowed one with the same likelihood: whole passwords are drawn until one holds every
 * required class, because putting one of each class in first would favour some passwords over others.
 * A space may occur but is never required; AWS requires only letters of both cases, numbers and punctuation.
 */
export function drawPassword(rules: PasswordRules): string {
  const classes = classesLeftBy(rules);
  const alphabet = [...classes, rules.includeSpace ? without(' ', rules.excludedCharacters) : ''].join('');
  if (alphabet === '') throw invalidParameter('All characters have been excluded from selection.');
  const required = rules.requireEachClass ? classes : [];
  if (required.includes('')) {
    throw invalidRequest('All characters of the desired type have been excluded.');
  }
  if (rules.length < required.length) {
    throw invalidParameter('Password length is too short based on the required types.');
  }
  for (;;) {
    const password = draw(alphabet, rules.length);
    if (required.every((characters) => hasAnyOf(password, characters))) return password;
  }
}

function classesLeftBy({ excludedClasses, excludedCharacters }: PasswordRules): string[] {
  return (Object.keys(CLASSES) as ClassName[])
    .filter((name) => !excludedClasses.includes(name))
    .map((name) => without(CLASSES[name], excludedCharacters));
}

function without(characters: string, excluded: string): string {
  return Array.from(characters)
    .filter((character) => !excluded.includes(character))
    .join('');
}

function hasAnyOf(text: string, characters: string): boolean {
  return Array.from(text).some((character) => characters.includes(character));
}

function draw(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
