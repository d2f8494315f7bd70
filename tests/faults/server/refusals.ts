/** A state of the server in which it answers that it cannot now. */
export interface Refusal {
  name: string;
  begin: readonly string[];
  end: readonly string[];
  /** What it refuses: everything that a rotation asks, what changes an account, or connections. */
  refuses: 'everything' | 'writes' | 'connections';
}

export const REFUSALS: readonly Refusal[] = [
  {
    name: 'read-only',
    begin: ['SET GLOBAL read_only = ON'],
    end: ['SET GLOBAL read_only = OFF'],
    refuses: 'writes',
  },
  {
    name: 'super-read-only',
    begin: ['SET GLOBAL super_read_only = ON'],
    end: ['SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF'],
    refuses: 'writes',
  },
  {
    name: 'offline',
    begin: ['SET GLOBAL offline_mode = ON'],
    end: ['SET GLOBAL offline_mode = OFF'],
    refuses: 'everything',
  },
  {
    name: 'max-connections',
    begin: ['SET GLOBAL max_connections = 1'], // the administrator's own; one more is kept for administrators
    end: ['SET GLOBAL max_connections = DEFAULT'],
    refuses: 'connections',
  },
];
