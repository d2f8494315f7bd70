import type { DemoRotation } from './demo-report';

/** What a rotation did, in words. @param before the application's users before it */
export function outcome(rotation: DemoRotation, before: readonly string[]): string {
  const { status, error, cause, currentUser, users, initialSetup } = rotation;
  if (status !== 'SUCCEEDED') return [status, error, cause].filter((part) => part !== undefined).join(': ');
  if (initialSetup === true) return `${currentUser} was created (initial setup)`;
  if (users.length > before.length) return `${currentUser} was created as a clone of ${before.join(', ')}`;
  return 'only passwords changed';
}
