import * as z from 'zod';
import { SecretFormatError, UnsupportedEngineError } from '../errors';
import { isSupportedEngine, SUPPORTED_ENGINES } from '../databases/engine-names';
import { canonicalHost } from '../databases/host-name';
import { hostProblem } from './host-field';
import { canonicalJson, parseAsWritten } from './json-as-written';
import { parseObject } from './secret-document';

/** A secret's JSON in AWS's standard fields, read for rotation. `document` is the whole of it, to be written again. */
export interface Credential {
  engine: string;
  /** In the one spelling of `canonicalHost`. */
  host: string;
  port: number;
  username: string;
  password: string;
  dbname: string | undefined;
  masterarn: string | undefined;
  /** What the secret says about TLS; `undefined` when it says nothing, which means required. */
  ssl: boolean | undefined;
  document: Readonly<Record<string, unknown>>;
}

/** A master's secret; one that RDS manages holds only `username` and `password`. */
export interface MasterCredential {
  username: string;
  password: string;
  host: string | undefined;
  port: number;
  ssl: boolean | undefined;
}

/** MySQL's port when a secret names none; AWS's own rotation template assumes the same. */
const DEFAULT_PORT = 3306;

const CONTROL = /[\u0000-\u001f\u007f]/;

const field = (what: string) =>
  z
    .string({ error: `expected ${what}` })
    .min(1, `expected ${what}, found an empty text`)
    .refine((text) => !CONTROL.test(text), `expected ${what} without control characters`);

const port = z
  .union([z.int(), z.string().regex(/^\d+$/).transform(Number)], {
    error: 'expected a port number from 1 to 65535',
  })
  .pipe(z.number().min(1, 'expected a port from 1 to 65535').max(65_535, 'expected a port from 1 to 65535'));

const ssl = z
  .union(
    [
      z.boolean(),
      z.stringFormat('flag', /^(true|false)$/i).transform((text) => text.toLowerCase() === 'true'),
    ],
    { error: 'expected true or false' },
  )
  .optional();

const host = field('a host name')
  .superRefine((text, context) => {
    const problem = CONTROL.test(text) ? undefined : hostProblem(text);
    if (problem !== undefined && text !== '') context.addIssue({ code: 'custom', message: problem });
  })
  .transform(canonicalHost);
const database = field('a database name').optional();
const masterarn = field('the ARN of the master secret').optional();
const login = { username: field('a user name'), password: field('a password') };

const application = z.object({
  engine: field('a database engine'),
  host,
  port: port.default(DEFAULT_PORT),
  ...login,
  dbname: database,
  database,
  masterarn,
  ssl,
});

const master = z.object({
  engine: z.unknown().optional(),
  ...login,
  host: host.optional(),
  port: port.default(DEFAULT_PORT),
  ssl,
});

function parseDocument<Shape>(schema: z.ZodType<Shape>, text: string | undefined, label: string): Shape {
  const parsed = schema.safeParse(parseObject(text, label));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`,
    );
    throw new SecretFormatError(`${label}: ${problems.join('; ')}`);
  }
  return parsed.data;
}

/** The whole of a secret that has been parsed once. @throws {SecretFormatError} */
function wholeDocument(text: string | undefined, label: string): Credential['document'] {
  try {
    return parseAsWritten(text ?? '') as Credential['document'];
  } catch {
    throw new SecretFormatError(`${label}: the document is nested too deeply to be written again`);
  }
}

/** @throws {UnsupportedEngineError} */
function requireEngine(engine: string, label: string): void {
  if (isSupportedEngine(engine)) return;
  const problem = isSupportedEngine(engine.trim())
    ? 'has a blank before or behind it'
    : 'is none that this service rotates';
  throw new UnsupportedEngineError(
    `${label}: engine ${problem}; expected one of ${SUPPORTED_ENGINES.join(', ')}`,
  );
}

/** What AWS writes into the secrets of other databases. A master's secret need not name an engine, or may name any. */
const FOREIGN_ENGINE = /^(aurora-)?postgres|^oracle|^sqlserver|^mssql|^db2|^redshift|^mongo|^docdb/i;

/**
 * Reads an application's secret.
 * @param text `undefined` for a value that was written as SecretBinary
 * @throws {SecretFormatError} naming the field and what was expected, never what it held.
 * @throws {UnsupportedEngineError}
 */
export function parseCredential(text: string | undefined, label: string): Credential {
  const { database: databaseAlias, ...fields } = parseDocument(application, text, label);
  requireEngine(fields.engine, label);
  return {
    ...fields,
    dbname: fields.dbname ?? databaseAlias,
    masterarn: fields.masterarn,
    ssl: fields.ssl,
    document: wholeDocument(text, label),
  };
}

/** Reads a master's secret. @throws {SecretFormatError} @throws {UnsupportedEngineError} for another database's. */
export function parseMasterCredential(text: string | undefined, label: string): MasterCredential {
  const { engine, ...fields } = parseDocument(master, text, label);
  if (typeof engine === 'string' && FOREIGN_ENGINE.test(engine)) requireEngine(engine, label);
  return { ...fields, host: fields.host, ssl: fields.ssl };
}

/** The same secret for another user: every field that is not the login stays as it was written. */
export function withLogin(credential: Credential, username: string, password: string): string {
  return JSON.stringify({ ...credential.document, username, password });
}

/** Fields that this service reads; others are named in no message, because their names are the owner's. */
const READ_FIELDS = new Set(['engine', 'host', 'port', 'dbname', 'database', 'masterarn', 'ssl']);

/**
 * What two versions of a secret differ in besides the login. The order of keys is no difference; how a number is
 * spelled is one.
 * @returns the name of a field that this service reads, `a further field`, or undefined for none
 */
export function differingField(one: Credential, other: Credential): string | undefined {
  const keys = [...Object.keys(one.document), ...Object.keys(other.document)];
  const differing = keys.filter(
    (key) =>
      key !== 'username' &&
      key !== 'password' &&
      (Object.hasOwn(one.document, key) !== Object.hasOwn(other.document, key) ||
        canonicalJson(one.document[key]) !== canonicalJson(other.document[key])),
  );
  if (differing.length === 0) return undefined;
  return differing.find((key) => READ_FIELDS.has(key)) ?? 'a further field';
}
