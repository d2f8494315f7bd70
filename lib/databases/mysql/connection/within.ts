/**
 * Waits for an answer no longer than `limitMs` milliseconds. What was asked goes on by itself; its later failure
 * is handled here, and the timer keeps no process alive.
 * @throws an error with the code ETIMEDOUT, as the operating system's.
 */
export async function within<Answer>(limitMs: number, asked: Promise<Answer>): Promise<Answer> {
  const limit = AbortSignal.timeout(limitMs);
  const expired = Promise.withResolvers<never>();
  const expire = () => {
    expired.reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
  };
  limit.addEventListener('abort', expire, { once: true });
  try {
    return await Promise.race([asked, expired.promise]);
  } finally {
    limit.removeEventListener('abort', expire);
  }
}
