/** Who says so. */
export type EvidenceSource = 'Secrets Manager' | 'Step Functions' | 'CloudTrail';

/** One fact that an answer rests on. Never a secret's value: none is ever read. */
export interface Evidence {
  /** ISO 8601, UTC: when it happened, or when it was seen where the service does not tell. */
  at: string;
  source: EvidenceSource;
  what: string;
  /** Of the call whose answer this is, for a question to AWS's support. */
  requestId?: string;
  /** CloudTrail's event id, or the number of an event in an execution's history. */
  eventId?: string;
}

/** Collects an experiment's evidence; what is found again is kept once. */
export class EvidenceLog {
  readonly #entries = new Map<string, Evidence>();

  /** @param onNew hears of each fact when it is new */
  constructor(readonly onNew: (evidence: Evidence) => void) {}

  add(evidence: Evidence): void {
    const key = evidence.eventId === undefined ? JSON.stringify(evidence) : keyOf(evidence);
    if (this.#entries.has(key)) return;
    this.#entries.set(key, evidence);
    this.onNew(evidence);
  }

  /** In the order of time. */
  all(): Evidence[] {
    return [...this.#entries.values()].toSorted((one, other) => one.at.localeCompare(other.at));
  }
}

const keyOf = ({ source, eventId = '', what }: Evidence): string => `${source} ${eventId} ${what}`;
