/** To be imported first: the logger reads its level when it is loaded, and the tests of this project are silent otherwise. */
process.env['POWERTOOLS_LOG_LEVEL'] = 'INFO';
