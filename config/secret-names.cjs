// @ts-check
const crypto = require('node:crypto');

/**
 * A short name that stays with the secret, wherever it stands in a list: a list's position would move resources
 * from one secret to another when the list changes.
 * @param {string} arn
 */
const digestOf = (arn) => crypto.createHash('sha256').update(arn).digest('hex').slice(0, 10);

/**
 * What people see in the console: the secret's own name, as far as a schedule's name may be it, and the digest.
 * @param {string} arn
 */
function readableName(arn) {
  const name = arn
    .split(':')
    .slice(6)
    .join(':')
    .replace(/-\w{6}$/, '');
  return `${name.replaceAll(/[^\w.-]+/g, '-').slice(0, 50)}-${digestOf(arn)}`; // 64 at most
}

module.exports = { digestOf, readableName };
