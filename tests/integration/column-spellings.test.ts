import {
  FOLDING_SERVERS,
  FoldingServer,
  PASSWORD,
  PENDING,
  START_TIMEOUT_MS,
} from '../support/folding-server';

describe.each(FOLDING_SERVERS)('%s with rights on columns that differ in case', (_, start) => {
  let server: FoldingServer;

  beforeAll(async () => {
    server = await FoldingServer.from(start);
  }, START_TIMEOUT_MS);

  afterAll(() => server.close());

  afterEach(() => server.dropUsers());

  const on = (column: string, ...privileges: string[]) =>
    privileges.map((privilege) => `${privilege} (${column})`);
  const READ = 'SELECT CustomerId FROM Shop.Orders';
  const WRITE = 'UPDATE Shop.Orders SET CustomerId = 1 WHERE 1 = 0';
  const READ_SIZE = 'SELECT Größe FROM Shop.Orders';

  it.each([
    ['another spelling', on('CustomerId', 'SELECT'), on('customerid', 'SELECT'), [READ]],
    ['a spelling beyond ASCII', on('Größe', 'SELECT'), on('GRÖßE', 'SELECT'), [READ_SIZE]],
    [
      'another spelling and a right too few',
      on('CustomerId', 'SELECT', 'UPDATE (b), UPDATE'),
      on('customerid', 'SELECT'),
      [READ],
    ],
    [
      'another spelling and a right too many',
      on('CustomerId', 'SELECT'),
      on('customerid', 'SELECT', 'UPDATE'),
      [READ],
    ],
    [
      'two spellings of one right',
      [...on('customerid', 'SELECT'), ...on('CustomerId', 'SELECT')],
      on('CUSTOMERID', 'SELECT'),
      [READ],
    ],
    [
      'two spellings on the standby',
      on('CustomerId', 'SELECT', 'UPDATE'),
      [...on('customerid', 'SELECT'), ...on('CUSTOMERID', 'UPDATE')],
      [READ],
    ],
    [
      'two spellings on the standby, one too many',
      on('CustomerId', 'SELECT'),
      [...on('customerid', 'SELECT'), ...on('CUSTOMERID', 'UPDATE')],
      [READ],
    ],
    ['no standby right', on('CustomerId', 'SELECT', 'UPDATE'), [], [READ]],
  ])('mirrors rights on a column: %s', async (_name, current, standby, needs) => {
    const give = (user: string, rights: readonly string[]) =>
      rights.map((right) => `GRANT ${right} ON Shop.Orders TO ${user}`);
    await server.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER app_clone IDENTIFIED BY '${PASSWORD}'`,
      ...give('app', current),
      ...give('app_clone', standby),
    );
    const { rightsDigests } = await server.clone();
    const statements = [READ, WRITE, READ_SIZE];
    const theirs = await server.allowed('app', PASSWORD, statements);
    expect(theirs).toEqual(expect.arrayContaining(needs));
    expect(await server.allowed('app_clone', PENDING, statements)).toEqual(theirs);
    expect((await server.inspect('app_clone')).rightsDigest).toBe(rightsDigests['%']);
    await server.run('FLUSH PRIVILEGES');
    expect(await server.allowed('app_clone', PENDING, statements)).toEqual(theirs);
    expect(await server.clone()).toMatchObject({ changed: false, granted: [], revoked: [] });
  });

  it('refuses before any change to take a right from one of two spellings while another column keeps it', async () => {
    await server.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER app_clone IDENTIFIED BY '${PASSWORD}'`,
      'GRANT SELECT (b) ON Shop.Orders TO app',
      'GRANT SELECT (customerid) ON Shop.Orders TO app_clone',
      'GRANT SELECT (CUSTOMERID) ON Shop.Orders TO app_clone',
    );
    const before = JSON.stringify(await server.admin.rows('SHOW GRANTS FOR app_clone'));
    await expect(server.clone()).rejects.toMatchObject({
      name: 'UnsupportedAccountError',
      message: expect.stringMatching(/one column to the server.*FLUSH PRIVILEGES/) as string,
    });
    expect(JSON.stringify(await server.admin.rows('SHOW GRANTS FOR app_clone'))).toBe(before);
  });
});
