// @ts-check
/**
 * The framework takes `${` for the start of a variable, in every text that it is given, and takes a backslash before it
 * away. So a text that holds `${` is handed over in pieces without it, and CloudFormation joins them.
 * @param {string} text
 */
const literalText = (text) =>
  text.includes('${') ? { 'Fn::Join': ['', text.split(/(?<=\$)(?=\{)/)] } : text;

module.exports = { literalText };
