/** Where `lab up` listens unless it is told otherwise, and where the other commands look for it. */
export const LAB_PORTS = { secretsManager: 4584, stepFunctions: 4585, cloudTrail: 4586 } as const;
