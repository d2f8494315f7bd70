import { statement } from '../connection/statement';
import { ofKind, type Difference, type DynamicRight } from './rights';
import { groups, type Change } from './static-statements';

const isDynamic = ofKind('dynamic');

export function grantDynamic(rights: DynamicRight[], account: string): Change[] {
  return groups(rights, ({ grantable }) => String(grantable)).map((group) => {
    const names = group.map(({ privilege }) => privilege).join(', ');
    const tail = group[0]?.grantable === true ? ' WITH GRANT OPTION' : '';
    return {
      statement: statement('granting dynamic privileges', `GRANT ${names} ON *.* TO ${account}${tail}`),
      rights: group,
    };
  });
}

export function revokeDynamic(rights: DynamicRight[], account: string): Change[] {
  if (rights.length === 0) return [];
  const names = rights.map(({ privilege }) => privilege).join(', ');
  return [
    {
      statement: statement('revoking dynamic privileges', `REVOKE ${names} ON *.* FROM ${account}`),
      rights,
    },
  ];
}

/** A dynamic privilege loses its grant option only by being revoked and granted again; it gains it by a GRANT alone. */
export function dynamicToRevoke({ missing, extra }: Difference): DynamicRight[] {
  const gaining = new Set(
    missing.filter(isDynamic).flatMap(({ privilege, grantable }) => (grantable ? [privilege] : [])),
  );
  return extra.filter(isDynamic).filter(({ privilege }) => !gaining.has(privilege));
}
