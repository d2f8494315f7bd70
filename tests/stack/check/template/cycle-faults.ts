import type { Template } from '../template';
import { referencesOf } from './reference-faults';

/** What each resource needs to be there first. */
function dependenciesOf(template: Template): Map<string, Set<string>> {
  const edges = new Map(Object.keys(template.Resources).map((id) => [id, new Set<string>()]));
  for (const { path, kind, target } of referencesOf(template)) {
    const [section, id = ''] = path.split('.');
    if (section !== 'Resources' || kind === 'Condition' || !edges.has(target)) continue;
    edges.get(id)?.add(target);
  }
  return edges;
}

/** Tells each circle of resources that wait for one another, once. */
export function cycleFaults(template: Template): string[] {
  const edges = dependenciesOf(template);
  const finished = new Set<string>();
  const faults: string[] = [];
  const visit = (id: string, path: string[]): void => {
    const start = path.indexOf(id);
    if (start !== -1) {
      faults.push(`Resources.${id}: a circle ${[...path.slice(start), id].join(' -> ')}`);
      return;
    }
    if (finished.has(id)) return;
    for (const next of edges.get(id) ?? []) visit(next, [...path, id]);
    finished.add(id);
  };
  for (const id of edges.keys()) visit(id, []);
  return faults;
}
