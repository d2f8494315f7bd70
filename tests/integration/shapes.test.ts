import { examine } from '../shapes/examine';
import { ShapeServer } from '../shapes/shape-server';
import { fits, shapes } from '../shapes/shapes';
import { server as address } from '../support/database';

const shared = shapes.filter(({ on, needs }) => on !== 'MariaDB' && needs === undefined);

describe('MySQL: every shape of an account', () => {
  let server: ShapeServer;

  beforeAll(async () => {
    server = await ShapeServer.open(address);
  });

  afterAll(async () => {
    await server.close();
  });

  it.each(shared.map((shape) => [shape.name, shape] as const))(
    'is mirrored, repeated, mended, carried on after a stop, and rotated back: %s',
    async (_, shape) => {
      if (fits(shape, server)) expect(await examine(server, shape)).toEqual([]);
    },
  );
});
