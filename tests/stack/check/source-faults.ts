import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commentFaults } from './iam/comment-faults';

const PROJECT = join(__dirname, '../../..');

/** What the sources of the template must say and a template cannot show. */
export const sourceFaults = (): string[] =>
  globSync('{config,resources}/**/*.{cjs,yml}', { cwd: PROJECT })
    .toSorted()
    .flatMap((path) => commentFaults(path, readFileSync(join(PROJECT, path), 'utf8')));
