import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  packages: Record<
    string,
    { name?: string; hasInstallScript?: boolean; resolved?: string; integrity?: string }
  >;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, '../..', file), 'utf8'));
const { packages } = read('package-lock.json') as Locked;
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };

const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');
const installed = Object.entries(packages).filter(([path]) => path !== '');

test('package.json decides about every package that has a script for its installation, and about no other', () => {
  const withScripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = withScripts.map(([path]) => nameOf(path));
  expect(Object.keys(allowScripts).toSorted()).toEqual([...new Set(names)].toSorted());
});

test('only packages that do not work without it may run a script when they are installed', () => {
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name] === true);
  expect(allowed.toSorted()).toEqual(['@swc/core', 'esbuild', 'node']);
});

test('package-lock.json holds the hash of every package, and names no registry', () => {
  expect(installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});
