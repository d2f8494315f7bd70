import type { DatabaseEngine, Login, Endpoint, Pair, PairNames } from '../../databases/engine';
import type { ConnectionProbe } from '../../databases/probe';
import type { Progress } from './progress';

/**
 * An engine that goes to the server layer by layer before it does what it is asked. It is called with an
 * endpoint that the master may go to: nobody can make this service knock on other doors.
 */
export class ProbedEngine implements DatabaseEngine {
  constructor(
    private readonly engine: DatabaseEngine,
    private readonly probe: ConnectionProbe,
    private readonly progress: Progress,
  ) {}

  async withPair<Result>(
    endpoint: Endpoint,
    master: Login,
    users: PairNames,
    use: (pair: Pair) => Promise<Result>,
  ): Promise<Result> {
    const { probe, progress } = this;
    progress.pass('secret-schema');
    await probe.resolve(endpoint.host);
    progress.pass('dns');
    await probe.withConnection(endpoint, progress.signal, async (connection) => {
      progress.pass('tcp');
      const { isEncrypted, refusal } = await connection.logIn(master);
      progress.pass('tls', isEncrypted ? 'passed' : 'skipped');
      if (refusal !== undefined) throw refusal;
    });
    const probed = (pair: Pair) => {
      progress.pass('master-login');
      return use(pair);
    };
    return this.engine.withPair(endpoint, master, users, probed, progress.signal);
  }

  inspectSelf: DatabaseEngine['inspectSelf'] = (...asked) => this.engine.inspectSelf(...asked);
}
