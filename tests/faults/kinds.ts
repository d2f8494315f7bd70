import { variants } from './harness/variants';
import type { FaultKind } from './kind';

/** Every kind of fault, in the order of the report. */
export const kinds: readonly FaultKind[] = [
  {
    name: 'control',
    about: 'the same harness on a naive rotation, in which it must find losses, or it proves nothing',
    load: () => import('./control/control'),
  },
  {
    name: 'crash',
    about:
      "each step's process, and kickoff's, killed before and after every call that leaves it; taken up by Retry, redrive and Secrets Manager",
    parts: variants.map(({ name }) => name),
    load: () => import('./crash/crash'),
  },
  {
    name: 'late',
    about:
      'each step twice at once, in many orders, and each step held at every call and woken when others have rotated once, twice or thrice; the late one changes nothing',
    parts: ['steady-state', 'first-rotation'],
    load: () => import('./late/late'),
  },
  {
    name: 'master',
    about:
      'the master rotates at the same moment, in every order of its steps and ours, the server up to four attempts late; its rotation died, left an orphan, or somebody changed its password by hand',
    load: () => import('./master/master'),
  },
  {
    name: 'server',
    about:
      'the server killed and restarted, full, read only, slow, silent, with a wrong certificate, without a name, at each thing said between it and a rotation',
    parts: ['killed-first', 'killed-steady', 'refusing', 'unreachable'],
    load: () => import('./server/server'),
  },
  {
    name: 'store',
    about:
      'Secrets Manager throttles, fails, loses answers, is silent, answers with what was true before, or does not know what was just written, at each call of a rotation, once and for longer',
    parts: ['answers', 'outages', 'stale', 'silent'],
    load: () => import('./store/store'),
  },
  {
    name: 'ownership',
    about:
      'two secrets on one user in every order, two stacks on one database, a standby user of another application, and rotations that end half-way beside them; nobody loses a login or rights, and the rotation goes on when the deployer says so',
    parts: ['mysql', 'mariadb'],
    load: () => import('./ownership/ownership'),
  },
  {
    name: 'application',
    about:
      'logins without a cache, with a cache that is read again on 1045, and statements on open sessions, while rotations follow one another; which other caches ever fail',
    parts: ['schedule', 'secrets-manager', 'caches'],
    load: () => import('./application/application'),
  },
  {
    name: 'fuzz',
    about:
      'secrets, events, inputs, recorded states and settings of every malformed shape: a named error that tells no secret and changes nothing, or a rotation as it should be',
    parts: ['secrets', 'versions', 'inputs'],
    load: () => import('./fuzz/fuzz'),
  },
  {
    name: 'walk',
    about:
      'random operations of everybody: schedules, redrives, Secrets Manager, late calls, crashes, changes by hand; beside a model of what must follow',
    parts: ['a', 'b', 'c', 'd'],
    load: () => import('./walk/walk'),
  },
];
