import { join } from 'node:path';

/** Makes apt work in `folder` alone: its own sources, lists, cache and (empty) package state. */
export function aptOptions(folder: string): string[] {
  const settings: Record<string, string> = {
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null', // the machine's pins are meant for its own suite
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'Debug::NoLocking': '1', // the locks are the system's; nothing of the system is written
    'APT::Sandbox::User': '', // as root, apt's download user could not enter a private folder
    'APT::Install-Recommends': 'false',
    // Whatever this machine's apt allows: an archive without a signature of the keyring is refused, and so is a package
    // whose SHA-256 is not the one in the signed lists.
    'Acquire::AllowInsecureRepositories': 'false',
    'Acquire::AllowWeakRepositories': 'false',
    'Acquire::AllowDowngradeToInsecureRepositories': 'false',
    'APT::Get::AllowUnauthenticated': 'false',
    'APT::Update::Error-Mode': 'any', // otherwise an unreachable archive is only a warning
    'Acquire::Languages': 'none',
    'Acquire::Check-Valid-Until': 'false', // mirrors and snapshots may lag behind
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '10', // seconds; a blocked network must not hang
    'Acquire::https::Timeout': '10',
  };
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}
