import { createRequire } from 'node:module';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const DOCUMENTS = ['docs/runbook.md', 'docs/deploying.md', 'docs/security.md', 'docs/errors.md'];

/** GitHub's way from a heading to its anchor. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const withoutBlocks = (text: string) => text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');

const anchorsIn = (path: string) =>
  [...withoutBlocks(read(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe('the documents', () => {
  it('link to files and headings that exist', () => {
    const links = globSync(['*.md', '{docs,examples}/**/*.md'], { cwd: root }).flatMap((path) =>
      [...withoutBlocks(read(path)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => ({
        path,
        link,
      })),
    );
    const broken = links.filter(({ path, link }) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsIn(target).includes(anchor);
    });
    expect(links.length).toBeGreaterThan(40);
    expect(broken).toEqual([]);
  });

  it('of operation name tests that exist', () => {
    const named = DOCUMENTS.flatMap((path) => [...read(path).matchAll(/`(tests\/[\w/.-]+\.ts)`/g)]).map(
      ([, file = '']) => file,
    );
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('the parameters that the runbook and docs/deploying.md name', () => {
  /** MySQL's, EventBridge's, and one that the stack sets by itself. */
  const FOREIGN = new Set(['ER_ACCESS_DENIED_ERROR', 'BACKUP_ADMIN', 'STATE_MACHINE_ARN', 'ERROR_CODE']);

  it('are parameters of a deployment', () => {
    const { NAMES } = createRequire(__filename)('../../config/parameters.cjs') as { NAMES: string[] };
    const named = ['docs/runbook.md', 'docs/deploying.md'].flatMap((path) =>
      [...withoutBlocks(read(path)).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:[:=][^`]*)?`/g)].map(
        ([, name = '']) => name,
      ),
    );
    const settings = [...new Set(named)].filter((name) => !FOREIGN.has(name));
    expect(settings.length).toBeGreaterThan(20);
    expect(settings.filter((name) => !NAMES.includes(name))).toEqual([]);
  });
});
