import { Option } from 'commander';

/** What to run: `false` the sources, `true` bundles that are made now, a folder the bundles in it. */
export type Bundled = boolean | string;

/** `--bundled`: a folder is one that `npm run package` wrote, whose waits are those of that packaging. */
export function bundledOption(): Option {
  return new Option(
    '--bundled [folder]',
    'deploy the packaged template here and run its bundles, each call in a process of its own; packaged now, or .serverless',
  ).default(false);
}
