import type { Template } from './template';
import { cycleFaults } from './template/cycle-faults';
import { referenceFaults } from './template/reference-faults';
import { schemaFaults } from './template/schema-faults';
import { variableFaults } from './template/variable-faults';

/** What CloudFormation itself would refuse, or deploy as something else than was meant. */
export const templateFaults = (template: Template): string[] => [
  ...schemaFaults(template),
  ...referenceFaults(template),
  ...cycleFaults(template),
  ...variableFaults(template),
];
