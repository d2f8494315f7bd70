import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { messageIn, type AttemptReport, type VisitReport } from './history-report';

/**
 * Reads an execution's events, oldest first, as visits of states. For definitions without Map and Parallel,
 * whose branches would run into one another.
 */
export function visitsOf(events: readonly HistoryEvent[]): VisitReport[] {
  const reader = new Reader();
  for (const event of events) reader.read(event);
  return reader.visits;
}

class Reader {
  readonly visits: VisitReport[] = [];
  #redrive = 0;

  read(event: HistoryEvent): void {
    const { type = '', timestamp = new Date(0) } = event;
    if (type.endsWith('StateEntered')) this.#enter(event.stateEnteredEventDetails?.name ?? '', timestamp);
    else if (type.endsWith('StateExited')) this.#leave(timestamp);
    else if (type === 'ExecutionRedriven') this.#redrive += 1;
    // A call that could not be made has no beginning; one that could begins when it is scheduled.
    else if (/^(LambdaFunction|Task)Scheduled$/.test(type)) this.#begin(timestamp);
    else if (/^(LambdaFunction|Task)(Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)$/.test(type)) {
      this.#fail(event, timestamp);
    } else if (/^(LambdaFunction|Task)Succeeded$/.test(type)) this.#endAttempt(timestamp, null, null);
    else if (/^Execution(Failed|TimedOut|Aborted)$/.test(type)) this.#breakOff(timestamp);
    else if (type === 'ExecutionSucceeded') this.#leave(timestamp); // a Succeed state may show no exit
  }

  get #open(): VisitReport | undefined {
    const last = this.visits.at(-1);
    return last?.outcome === 'running' ? last : undefined;
  }

  #enter(name: string, at: Date): void {
    const startedAt = at.toISOString();
    this.visits.push({
      name,
      startedAt,
      durationMs: null,
      outcome: 'running',
      redrive: this.#redrive,
      attempts: [],
    });
  }

  /** After a redrive, a Task is called again without being entered again. */
  #begin(at: Date): void {
    if (this.#open === undefined) this.#enter(this.visits.at(-1)?.name ?? '', at);
    this.#open?.attempts.push({ startedAt: at.toISOString(), durationMs: null, error: null, message: null });
  }

  #fail(event: HistoryEvent, at: Date): void {
    const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1] as
      { error?: string; cause?: string } | undefined;
    this.#endAttempt(at, details?.error ?? event.type ?? '', messageIn(details?.cause));
  }

  #endAttempt(at: Date, error: string | null, message: string | null): void {
    const attempt: AttemptReport | undefined = this.#open?.attempts.at(-1);
    if (attempt === undefined) return;
    Object.assign(attempt, { durationMs: at.getTime() - Date.parse(attempt.startedAt), error, message });
  }

  #leave(at: Date): void {
    const hasFailed = (this.#open?.attempts.at(-1)?.error ?? null) !== null;
    this.#close(at, hasFailed ? 'caught' : 'succeeded');
  }

  #breakOff(at: Date): void {
    this.#close(at, 'failed');
  }

  #close(at: Date, outcome: VisitReport['outcome']): void {
    const visit = this.#open;
    if (visit === undefined) return;
    Object.assign(visit, { outcome, durationMs: at.getTime() - Date.parse(visit.startedAt) });
  }
}
