import { createHash, randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../../local/database/cache-folder';
import type { Combination } from '../combinations';
import { packageCombination } from '../package-combination';
import type { Template } from './template';

const PROJECT = join(__dirname, '../../..');

/** All that the template is made of. The functions' code is in their zips, of which it knows the place only. */
const SOURCES = [
  'serverless.yml',
  'package-lock.json',
  '{config,resources,statemachine}/**/*.{cjs,js,json,yml}',
];

async function fingerprint(combination: Combination): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(combination));
  for (const path of globSync(SOURCES, { cwd: PROJECT }).toSorted()) {
    hash.update(`\0${path}\0`).update(await readFile(join(PROJECT, path)));
  }
  return hash.digest('hex');
}

/**
 * The template of a combination. Packaging takes 10 s of a processor, and every test run compares its calls with a
 * template, so one that was packaged from the very same sources is taken from this user's cache.
 */
export async function cachedTemplate(combination: Combination): Promise<Template> {
  const folder = cacheFolder('templates');
  const file = join(folder, `${await fingerprint(combination)}.json`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as Template;
  const template = await packageCombination(combination);
  await mkdir(folder, { recursive: true });
  // Others may want the same at the same moment: a file that is there is whole.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(template));
  await rename(draft, file);
  return template;
}
