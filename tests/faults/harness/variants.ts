import type { World } from '../../support/world';
import type { FaultCloud } from './fault-cloud';

/** A pair of users, and what kind of rotation it is about to have. */
export interface Variant {
  readonly name: string;
  /** Whether a world can be used again after a rotation, because the next one is of the same kind. */
  readonly isRepeatable: boolean;
  /** Makes the pair; the cloud is not watched meanwhile. */
  make(cloud: FaultCloud): Promise<World>;
}

/** A master that may do everything, so that a variant is about what its name says. */
const allPowerful = ({ master }: World): string =>
  `GRANT ALL ON *.* TO '${master.username}' WITH GRANT OPTION`;

const firstRotation = (name: string, statements: (world: World) => string[]): Variant => ({
  name,
  isRepeatable: false,
  make: async (cloud) => {
    const world = await cloud.makeWorld();
    await world.admin.run(...statements(world));
    return world;
  },
});

/** Besides the two kinds of rotation, each of the things that a server keeps elsewhere or asks of a login. */
export const variants: readonly Variant[] = [
  {
    name: 'steady-state',
    isRepeatable: true,
    make: async (cloud) => {
      const world = await cloud.makeWorld();
      await world.admin.run(allPowerful(world));
      const { status } = await world.rotate();
      if (status !== 'SUCCEEDED') throw new Error('the first rotation failed');
      return world;
    },
  },
  firstRotation('first-rotation', (world) => [allPowerful(world)]),
  firstRotation('several-hosts', (world) => [
    allPowerful(world),
    ...['localhost', '127.0.0.1', '10.20.%'].flatMap((host) => [
      `CREATE USER '${world.users[0]}'@'${host}' IDENTIFIED BY '${world.firstPassword}'`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON \`${world.database}\`.* TO '${world.users[0]}'@'${host}'`,
    ]),
    `GRANT SELECT (id), UPDATE (name) ON \`${world.database}\`.item TO '${world.users[0]}'@'10.20.%'`,
  ]),
  firstRotation('roles', (world) => {
    const role = `role_${world.id}`;
    return [
      allPowerful(world),
      `CREATE ROLE '${role}'`,
      `GRANT CREATE VIEW, EXECUTE ON \`${world.database}\`.* TO '${role}'`,
      `GRANT '${role}' TO '${world.users[0]}' WITH ADMIN OPTION`,
      `SET DEFAULT ROLE '${role}' TO '${world.users[0]}'`,
    ];
  }),
  firstRotation('require-ssl', (world) => [
    allPowerful(world),
    `ALTER USER '${world.users[0]}' REQUIRE SSL WITH MAX_QUERIES_PER_HOUR 100000 MAX_USER_CONNECTIONS 200`,
  ]),
  firstRotation('least-rights-master', () => []),
];
