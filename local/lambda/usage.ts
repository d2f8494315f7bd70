/** What one part of a process's life took. */
export interface Share {
  /** Of all threads, in user and system mode. */
  cpuMs: number;
  wallMs: number;
}

/** What one invocation took, as Lambda's REPORT line tells it, in a process that began with it. */
export interface Usage {
  /** Node itself, until the function's code could be loaded. */
  start: Share;
  /** Loading the bundle. */
  load: Share;
  invocation: Share;
  /** Kibibytes of resident memory at most. */
  maxRssKib: number;
}
