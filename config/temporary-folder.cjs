// @ts-check
/**
 * A plugin of the framework: gives this process, and what it starts, a temporary folder of its own, and removes it at the
 * end. The bundler's plugin leaves a folder behind for each Lambda, with its code.
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- the framework makes plugins with `new`
module.exports = class TemporaryFolder {
  constructor() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stepwise-serverless-'));
    // What os.tmpdir() reads on each system.
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
    process.once('exit', () => {
      fs.rmSync(folder, { recursive: true, force: true });
    });
  }
};
