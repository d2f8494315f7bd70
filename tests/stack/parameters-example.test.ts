import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NAMES } from '../../config/parameters.cjs';
import { packageTemplate } from './package-combination';

const EXAMPLE = readFileSync(join(__dirname, '../../config/parameters.example.yml'), 'utf8');

describe('the file of parameters to copy', () => {
  test('packages as it is', async () => {
    const template = JSON.stringify(await packageTemplate(EXAMPLE));
    expect(template).toContain('secret:shop/reports-GhIjKl');
    expect(template).toContain('database-team@example.com');
  });

  test('shows every parameter, and no other', () => {
    const shown = [...EXAMPLE.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name);
    expect([...new Set(shown)].sort()).toEqual(NAMES.toSorted());
  });
});
