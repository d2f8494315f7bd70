import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { issueServerCertificate, makeAuthority, type Authority } from '../../../local/database/certificates';
import type { KillableServer } from './killable-server';

const NAMES = ['localhost', '127.0.0.1'];

/** A certificate's dates have seconds. */
const SHORTEST_LIFE_MS = 2_000;

type Run = (...statements: string[]) => Promise<void>;

/** The server's TLS, changed over a connection that stays open. */
export class ServerTls {
  private constructor(
    private readonly folder: KillableServer['folder'],
    private readonly authority: Authority,
    private readonly run: Run,
  ) {}

  /** Replaces the authority that clients trust. @param run over a connection that is not made anew */
  static async take({ folder }: KillableServer, run: Run): Promise<ServerTls> {
    const tls = new ServerTls(folder, await makeAuthority(), run);
    await run('SELECT 1'); // connected while the old certificate can be verified
    await writeFile(folder.caBundlePath, tls.authority.certificatePem);
    await tls.mend();
    return tls;
  }

  mend(): Promise<void> {
    return this.use({ names: NAMES });
  }

  /** MySQL refuses to load a certificate whose chain or dates are wrong; a host name it does not judge. */
  async use(
    wanted: { names: readonly string[]; notAfter?: Date },
    authority = this.authority,
  ): Promise<void> {
    const { certificatePem, privateKeyPem } = await issueServerCertificate(authority, wanted);
    const ownAuthority = join(this.folder.path, 'own-ca.pem');
    await writeFile(ownAuthority, authority.certificatePem);
    await writeFile(this.folder.certificatePath, certificatePem);
    await writeFile(this.folder.privateKeyPath, privateKeyPem);
    await this.run(
      `SET GLOBAL ssl_ca = '${ownAuthority}', GLOBAL tls_version = 'TLSv1.2,TLSv1.3'`,
      'ALTER INSTANCE RELOAD TLS',
    );
  }

  /** Resolves when the certificate that the server has loaded is valid no more. */
  async expire(): Promise<void> {
    const notAfter = new Date(Math.ceil((Date.now() + SHORTEST_LIFE_MS) / 1_000) * 1_000);
    await this.use({ names: NAMES, notAfter });
    await delay(notAfter.getTime() + 1_000 - Date.now()); // valid during its last second too
  }

  /** A certificate that is right, of an authority that clients do not know. */
  async useStrange(): Promise<void> {
    await this.use({ names: NAMES }, await makeAuthority());
  }

  turnOff(): Promise<void> {
    return this.run("SET GLOBAL tls_version = ''", 'ALTER INSTANCE RELOAD TLS NO ROLLBACK ON ERROR');
  }
}
