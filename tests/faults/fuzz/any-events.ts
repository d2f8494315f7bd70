import * as fc from 'fast-check';
import { handler as kickoff } from '../../../functions/kickoff';
import { handler as reportAge } from '../../../functions/report-age';
import { handler as reportOutcome } from '../../../functions/report-outcome';
import { steps } from '../../../local/steps';
import type { Arena } from './arena';
import { anyJson } from './json-of-shape';
import { property, type Check } from './property';
import { harmIn } from './harm';

const handlers: readonly ((event: unknown) => Promise<unknown>)[] = [
  ...Object.values(steps),
  kickoff,
  reportOutcome,
  reportAge,
];

const KEYS = [
  'input',
  'state',
  'detail',
  'executionArn',
  'redriveCount',
  'Step',
  '__proto__',
  'secretArn',
  'versionId',
];

/** Any JSON, or an object that has what handlers look for, with anything in it. */
const cases: fc.Arbitrary<string> = fc.oneof(
  anyJson,
  fc
    .array(fc.tuple(fc.constantFrom(...KEYS), anyJson), { maxLength: 4 })
    .map((fields) => `{${fields.map(([key, raw]) => `"${key}":${raw}`).join(',')}}`),
);

async function breaks(arena: Arena, versionId: string, text: string): Promise<string | undefined> {
  for (const [index, handler] of handlers.entries()) {
    const outcome = await arena.attempt(() => handler(JSON.parse(text)));
    const problem = await harmIn(arena, outcome, versionId);
    if (problem !== undefined) return `handler ${index + 1}: ${problem}`;
  }
  return undefined;
}

/** Whatever a Lambda may be called with, to every one of them. */
export function anyEventProperties(arena: Arena): Check[] {
  let versionId: string | undefined;
  return [
    property({
      name: 'any-event/every-handler',
      bounded: 25,
      whole: 400,
      cases,
      breaks: (text) => {
        versionId ??= arena.newSecret(JSON.stringify(arena.document()));
        return breaks(arena, versionId, text);
      },
    }),
  ];
}
