import type { Login } from '../../support/database';
import type { Phase } from './clock';
import { logInAndUse } from './use-database';

/** A secret's value, and how many rotations had ended when it became current. */
export interface Aged {
  readonly login: Login;
  readonly number: number;
}

export interface Answers {
  accepted: number;
  refused: number;
}

/** The oldest that is tried, in rotations. */
export const OLDEST = 3;

/** Every value that was current, and what the server said to each at each moment. */
export class CredentialsByAge {
  private readonly answers = new Map<string, Answers>();
  private readonly known: Aged[] = [];

  constructor(private readonly database: string) {}

  /** To be called with every value that becomes current. */
  add(login: Login): void {
    this.known.push({ login, number: this.known.length });
  }

  /** The value that is current, which is 0 rotations old. */
  get current(): Aged {
    const last = this.known.at(-1);
    if (last === undefined) throw new Error('no secret has been current yet');
    return last;
  }

  of(age: number, phase: Phase): Answers {
    const key = `${phase} ${age}`;
    const found = this.answers.get(key) ?? { accepted: 0, refused: 0 };
    this.answers.set(key, found);
    return found;
  }

  /** Logs in with each value that is not too old, once. @returns which of all values are accepted */
  async tryAll(phase: Phase): Promise<ReadonlySet<Aged>> {
    const accepted = new Set<Aged>();
    for (const aged of this.known.slice(-1 - OLDEST)) {
      const isAccepted = (await logInAndUse(aged.login, this.database)) === undefined;
      this.of(this.current.number - aged.number, phase)[isAccepted ? 'accepted' : 'refused'] += 1;
      if (isAccepted) accepted.add(aged);
    }
    return accepted;
  }
}
