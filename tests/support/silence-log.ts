process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
