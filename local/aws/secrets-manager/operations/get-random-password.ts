import { z } from 'zod';
import { drawPassword } from '../random-password';
import { defineOperation } from './operation';

const flag = z.boolean().default(false);

/** GetRandomPassword: a password by the caller's rules, made and forgotten. */
export const getRandomPassword = defineOperation({
  name: 'GetRandomPassword',
  request: z.object({
    PasswordLength: z.int().min(1).max(4096).default(32),
    ExcludeCharacters: z.string().max(4096).default(''),
    ExcludeNumbers: flag,
    ExcludePunctuation: flag,
    ExcludeUppercase: flag,
    ExcludeLowercase: flag,
    IncludeSpace: flag,
    RequireEachIncludedType: z.boolean().default(true),
  }),
  answer: (request) => ({
    RandomPassword: drawPassword({
      length: request.PasswordLength,
      excludedCharacters: request.ExcludeCharacters,
      excludedClasses: (['Numbers', 'Punctuation', 'Uppercase', 'Lowercase'] as const).filter(
        (name) => request[`Exclude${name}`],
      ),
      includeSpace: request.IncludeSpace,
      requireEachClass: request.RequireEachIncludedType,
    }),
  }),
});
