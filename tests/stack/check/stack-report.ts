import type { DeploymentCheck } from './check-deployment';
import { JUSTIFIED } from './iam/justified-wildcards';
import { justificationOf, unusedJustifications, type Wildcard } from './iam/wildcard-resources';
import type { Unused } from './permissions/comparison';
import { exemptedBy, EXEMPTIONS } from './permissions/exemptions';
import type { RoleCall } from './permissions/role-call';

/** In which combinations of parameters something was found. */
type Found<Item> = Item & { combinations: string[] };

export interface StackReport {
  combinations: { name: string; resources: number; faults: string[] }[];
  permissionsMissing: Found<RoleCall>[];
  permissionsUnused: Found<Unused>[];
  /** Those that nothing justifies. */
  wildcards: Found<Wildcard>[];
  justifiedWildcards: Found<Wildcard & { reason: string }>[];
  /** Entries of the tables of justified wildcards and of exempted permissions that no combination needs. */
  unneeded: string[];
  /** Faults of the sources rather than of one combination. */
  sourceFaults: string[];
}

interface StackReportInput {
  checks: readonly DeploymentCheck[];
  sourceFaults: string[];
  /** Only all combinations together can tell what none of them needs. */
  isComplete: boolean;
}

/** The same finding in several combinations is one finding. */
function gathered<Item extends object>(
  checks: readonly DeploymentCheck[],
  itemsOf: (check: DeploymentCheck) => Item[],
): Found<Item>[] {
  const found = new Map<string, Found<Item>>();
  for (const check of checks) {
    for (const item of itemsOf(check)) {
      const key = JSON.stringify(item);
      const combinations = new Set([...(found.get(key)?.combinations ?? []), check.name]);
      found.set(key, { ...item, combinations: [...combinations] });
    }
  }
  return [...found.values()];
}

function unneededEntries(checks: readonly DeploymentCheck[]): string[] {
  const needed = new Set(checks.flatMap(({ permissions }) => permissions.exemptions));
  const exemptions = exemptedBy(EXEMPTIONS).filter((entry) => !needed.has(entry));
  return [
    ...unusedJustifications(
      checks.flatMap(({ wildcards }) => wildcards),
      JUSTIFIED,
    ),
    ...exemptions.map((entry) => `${entry}: exempted, but no combination's template needs it`),
  ];
}

export function stackReport({ checks, sourceFaults, isComplete }: StackReportInput): StackReport {
  const wildcards = gathered(checks, (check) => check.wildcards);
  return {
    combinations: checks.map(({ name, resources, faults }) => ({ name, resources, faults })),
    permissionsMissing: gathered(checks, ({ permissions }) => permissions.missing),
    permissionsUnused: gathered(checks, ({ permissions }) => permissions.unused),
    wildcards: wildcards.filter((wildcard) => justificationOf(wildcard) === undefined),
    justifiedWildcards: wildcards.flatMap((wildcard) => {
      const entry = justificationOf(wildcard);
      return entry === undefined ? [] : [{ ...wildcard, reason: entry.reason }];
    }),
    unneeded: isComplete ? unneededEntries(checks) : [],
    sourceFaults,
  };
}

/** Every fault of a report, a line each. */
export function faultsOf(report: StackReport): string[] {
  const within = ({ combinations }: { combinations: string[] }): string => `(${combinations.join('; ')})`;
  return [
    ...report.combinations.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`)),
    ...report.permissionsMissing.map(
      (call) =>
        `${call.caller} calls ${call.action} on ${call.resource} in ${call.origins.join(', ')}, which ${call.role} does not allow ${within(call)}`,
    ),
    ...report.permissionsUnused.map(
      (unused) =>
        `${unused.role} allows ${unused.action} on ${unused.resource}, which nothing used ${within(unused)}`,
    ),
    ...report.wildcards.map(
      (found) =>
        `${found.owner} allows ${found.action} on ${found.resource}, which nothing justifies ${within(found)}`,
    ),
    ...report.unneeded,
    ...report.sourceFaults,
  ];
}
