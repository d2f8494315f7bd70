import { unconnected, unresolved } from '../../../lib/databases/mysql/probe/network-errors';
import { DatabaseUnavailableError } from '../../../lib/errors';
import { LAYERS, limitMs, silenceOf } from '../../../lib/rotation/preflight/layers';
import { throughLayers } from '../../../lib/rotation/preflight/progress';

describe('a layer that stays silent', () => {
  it.each([
    ['secrets-manager', 'SecretStoreUnavailableError', /interface endpoint/],
    ['secret-schema', 'SecretStoreUnavailableError', /interface endpoint/],
    ['dns', 'DatabaseUnavailableError', /name server/],
    ['tcp', 'DatabaseUnavailableError', /security group/],
    ['tls', 'DatabaseUnavailableError', /set up no TLS/],
    ['master-login', 'DatabaseUnavailableError', /the master's login/],
    ['current-login', 'DatabaseUnavailableError', /the current user's password/],
    ['master-rights', 'DatabaseUnavailableError', /the rights of both users/],
  ] as const)('%s, is a %s of its own, which tells how long it was waited for', (layer, name, text) => {
    const error = silenceOf(layer);
    expect([error.name, error.message]).toEqual([name, expect.stringMatching(text)]);
    expect(error.message).toContain(`waited ${limitMs(layer) / 1000} s`);
  });

  it('leaves time to say so within a minute, even if all others were slow', () => {
    expect(LAYERS.map(limitMs).reduce((sum, ms) => sum + ms)).toBeLessThan(45_000);
  });
});

describe('a connection that fails', () => {
  it.each([
    ['ECONNREFUSED', /nothing listens/],
    ['ETIMEDOUT', /packets are dropped.*security group/],
    ['EHOSTUNREACH', /no way there/],
    ['ENETUNREACH', /no way there/],
    ['ECONNRESET', /check host and port/],
  ])('with %s tells what to look at', (code, text) => {
    const { name, message } = unconnected('db:3306', code);
    expect([name, message]).toEqual(['DatabaseUnavailableError', expect.stringMatching(text)]);
    expect(message).toContain(`db:3306 (${code})`);
  });

  it('tells a name that nobody knows from a name server that does not answer', () => {
    expect(unresolved('db', 'ENOTFOUND').message).toMatch(/db does not resolve.*correct host in the secret/);
    expect(unresolved('db', 'EAI_AGAIN').message).toMatch(/no name server told what db is.*DNS support/);
  });
});

describe('the way through the layers', () => {
  it('counts a layer once, in their order', async () => {
    const verdicts = await throughLayers((progress) => {
      for (const layer of LAYERS) {
        progress.pass(layer, layer === 'tls' ? 'skipped' : 'passed');
        progress.pass('dns');
      }
      return Promise.resolve(progress.verdicts);
    });
    expect(verdicts.map(({ layer }) => layer)).toEqual(LAYERS);
    expect(verdicts.filter(({ verdict }) => verdict === 'skipped')).toHaveLength(1);
  });

  it('names the layer at which it ends, and aborts what is still going on', async () => {
    const signals: AbortSignal[] = [];
    const walked = throughLayers((progress) => {
      signals.push(progress.signal);
      progress.pass('secrets-manager');
      return Promise.reject(new DatabaseUnavailableError('what happened'));
    });
    await expect(walked).rejects.toThrow('preflight, layer secret-schema: what happened');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('leaves an error alone that is none of ours', async () => {
    const walked = throughLayers(() => Promise.reject(new TypeError('a defect')));
    await expect(walked).rejects.toThrow(/^a defect$/);
  });
});
