// @ts-check
/**
 * Whether EventBridge Scheduler will know a time zone: a name of the IANA database, which Node carries too. Intl
 * also takes offsets and any case, Scheduler does not.
 * @param {string} name
 */
function isTimeZone(name) {
  if (!/^[A-Z][\w+-]*(?:\/[A-Z][\w+-]*)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

module.exports = { isTimeZone };
