// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { startAwsSandbox, AwsSandbox } from 'aws-sandbox';
import { join } from 'path';
import { FakeClock } from '../FakeClock';

type Credential = Parameters<AwsSandbox['world']['addCredential']>[0];
/** Credentials of a role that AWS gave out. */
export type AwsSession = Extract<Credential, { kind: 'session' }>;

/** The sandbox of all runs, which tells of every session at the moment at which AWS makes it. */
export class LifeAws {
  /** Told of sessions of people: not of the killer's, nor of probes. */
  onSession: (session: AwsSession) => void = () => {};
  /** Told of every secret. */
  onSecret: (secret: string) => void = () => {};

  private constructor(readonly sandbox: AwsSandbox) {
    const { world } = sandbox;
    const add = world.addCredential.bind(world);
    world.addCredential = credential => {
      add(credential);
      if (credential.kind === 'session') {
        this.tell(credential);
      }
    };
  }

  static async start(clock: FakeClock, folder: string): Promise<LifeAws> {
    return new LifeAws(
      await startAwsSandbox({ clock, logDirectory: join(folder, 'logs') }),
    );
  }

  private tell(session: AwsSession): void {
    this.onSecret(session.secretAccessKey);
    this.onSecret(session.sessionToken);
    const isOurs = /BreakGlassKiller|ActivityReader/.test(session.role.arn);
    const isProbe = session.name.startsWith('kill=probe@');
    if (!isOurs && !isProbe && !session.console) {
      this.onSession(session);
    }
  }
}
