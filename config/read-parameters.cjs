// @ts-check
/**
 * Where a deployment's parameters come from: config/parameters.<stage>.yml, or the file that PARAMETERS_FILE
 * names, and over it the environment variables of the same names.
 */
const fs = require('node:fs');
const path = require('node:path');
const yaml = require('yaml');
const arns = require('./arn.cjs');
const table = require('./parameters.cjs');
const refusals = require('./refusal.cjs');

const LOCAL_STAGE = 'local';

/** The stage `local` is never deployed, and packages without a setting. */
const LOCAL_PARAMETERS = {
  APP_SECRET_ARNS: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:example/app-AbCdEf',
  MASTER_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:example/master-AbCdEf',
};

/** A function's name has 64 characters at most (Lambda API reference, CreateFunction). */
const STAGE = /^[A-Za-z0-9-]{1,32}$/;

const FILE_EXAMPLE = 'config/parameters.prod.yml, a copy of config/parameters.example.yml';

/** @param {string} stage */
function parametersFile(stage) {
  const named = process.env['PARAMETERS_FILE'] ?? '';
  if (named === '') {
    const usual = path.join(__dirname, `parameters.${stage}.yml`);
    return fs.existsSync(usual) ? usual : undefined;
  }
  if (fs.existsSync(named)) return named;
  throw refusals.refusal({
    name: 'PARAMETERS_FILE',
    expected: 'a file of parameters that exists',
    found: named,
    example: FILE_EXAMPLE,
  });
}

/**
 * YAML takes a user name such as 007 or 1e3 for a number, and True for a flag: what is meant is what is written. A
 * schedule's fields are numbers.
 * @param {import('yaml').Document.Parsed} document
 */
function asWritten(document) {
  yaml.visit(document, {
    Pair: (_key, { key }) => (yaml.isScalar(key) && key.value === 'SCHEDULES' ? yaml.visit.SKIP : undefined),
    Scalar: (key, node) => {
      if (key !== 'key' && ['number', 'boolean'].includes(typeof node.value)) node.value = node.source;
    },
  });
  return document;
}

/**
 * @param {string} file
 * @returns {Record<string, unknown>}
 */
function readFile(file) {
  const name = path.relative(process.cwd(), file);
  const document = asWritten(yaml.parseDocument(fs.readFileSync(file, 'utf8')));
  const [mistake] = document.errors;
  /** @type {unknown} */
  const content = mistake === undefined ? document.toJS() : mistake.message.split('\n')[0];
  if (content === null) return {};
  if (typeof content === 'object' && !Array.isArray(content)) return { ...content };
  throw refusals.refusal({
    name,
    expected: 'a YAML mapping of parameters',
    found: content,
    example: 'DATABASE_PORT: 3306',
  });
}

/**
 * A list of mappings comes as YAML, of which JSON is a part.
 * @param {string} name
 * @param {string} text
 * @returns {unknown}
 */
function environmentValue(name, text) {
  const document = name === 'SCHEDULES' ? yaml.parseDocument(text) : undefined;
  return document?.errors.length === 0 ? document.toJS() : text;
}

/**
 * Lambdas ask Secrets Manager of their own region, and would be told there that the secret does not exist. Keys are
 * used by services of that region only.
 * @param {import('./parameters.cjs').Parameters} parameters
 * @param {string} region
 */
function refuseForeignArns(parameters, region) {
  const names = /** @type {const} */ ([
    'APP_SECRET_ARNS',
    'MASTER_SECRET_ARN',
    'SECRETS_KMS_KEY_ARNS',
    'KMS_KEY_ARN',
    'DB_CA_BUNDLE_LAYER_ARN',
  ]);
  for (const name of names) {
    const found = [parameters[name] ?? []].flat().find((arn) => arns.partsOf(arn).region !== region);
    if (found === undefined) continue;
    const example = `--region ${arns.partsOf(found).region}`;
    throw refusals.refusal({ name, expected: `what is in the region ${region}`, found, example });
  }
  const partition = arns.partitionOf(region) ?? arns.partsOf(parameters.APP_SECRET_ARNS[0] ?? '').partition;
  for (const name of /** @type {const} */ ([...names, 'PERMISSIONS_BOUNDARY_ARN'])) {
    const found = [parameters[name] ?? []].flat().find((arn) => arns.partsOf(arn).partition !== partition);
    if (found === undefined) continue;
    const example = found.replace(/^arn:[^:]*/, `arn:${partition}`);
    throw refusals.refusal({ name, expected: `an ARN of the partition ${partition}`, found, example });
  }
}

/**
 * @param {string} stage
 * @param {string} region of the deployment
 * @returns {{ texts: Record<string, string>, parameters: import('./parameters.cjs').Parameters }} what was given,
 *   as the environment of a function takes it, and what it means
 * @throws {Error} one line: the name, what is expected, what was found, an example
 */
function readParameters(stage, region) {
  if (!STAGE.test(stage)) {
    throw refusals.refusal({
      name: '--stage',
      expected: '1 to 32 letters, digits and dashes, because it is part of the names of functions',
      found: stage,
      example: '--stage prod',
    });
  }
  const file = parametersFile(stage);
  /** @type {[string, unknown][]} */
  const inEnvironment = table.NAMES.flatMap((name) => {
    const text = process.env[name] ?? '';
    return text === '' ? [] : [[name, environmentValue(name, text)]];
  });
  /** @type {Record<string, unknown>} */
  const given = {
    ...(stage === LOCAL_STAGE ? LOCAL_PARAMETERS : {}),
    ...(file === undefined ? {} : readFile(file)),
    ...Object.fromEntries(inEnvironment),
  };
  const parameters = table.parseParameters(given);
  if (stage !== LOCAL_STAGE) refuseForeignArns(parameters, region);
  /** @type {[string, string][]} */
  const texts = Object.entries(table.textsOf(given)).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text]] : [],
  );
  return { texts: Object.fromEntries(texts), parameters };
}

module.exports = { readParameters };
