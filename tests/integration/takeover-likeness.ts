import type { World } from '../support/world';

const OWN_TO_EACH = ['authentication_string', 'password_last_changed', 'User_attributes'];

/** All that the server knows of a user, but its name, its password and the marker. */
export async function likenessOf({ admin, users }: World, username: string): Promise<string> {
  const defaults = await admin.rows('SELECT * FROM mysql.default_roles WHERE USER = ?', [username]);
  const [first, second] = users;
  return (
    JSON.stringify([await admin.accountsOf(username), defaults], (key, value: unknown) =>
      OWN_TO_EACH.includes(key) ? undefined : value,
    )
      // The second is the first with a suffix.
      .replaceAll(second, 'user')
      .replaceAll(first, 'user')
  );
}

export const isExactPair = async (world: World): Promise<boolean> =>
  (await likenessOf(world, world.users[0])) === (await likenessOf(world, world.users[1]));
