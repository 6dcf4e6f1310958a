import { keysOf } from './aws/testing/asSession';
import { describeFederation } from './testing/describeFederation';

const MARY = { ref: 'user:default/mary' };

describeFederation(aWorld => {
  it('I10: pitfall 27: no secret of a session is in the database or in a log line', async () => {
    const world = await aWorld();
    const lease = await world.activeLease();
    const { sessions, kills } = world.federation();
    const credentials = keysOf(
      await sessions.issue(MARY, lease.id, { type: 'credentials' }),
    );
    const signedIn = await sessions.issue(MARY, lease.id, {
      type: 'console',
    });
    const { consoleUrl } = signedIn as { consoleUrl: string };
    world.config.partitions.aws!.endpoints.signIn = `${world.sandbox.url}/nowhere`;
    const refused: Error = await world
      .federation()
      .sessions.issue(MARY, lease.id, { type: 'console' })
      .catch(error => error);
    await world.end(lease);
    await kills.kill(lease.id);

    const tables = [
      'leases',
      'decisions',
      'sessions',
      'audit_log',
      'audit_head',
      'outbox',
    ];
    const rows = await Promise.all(
      tables.map(table => world.knex(table).select()),
    );
    const { logger } = world;
    const seen = JSON.stringify([
      rows,
      [logger.debug, logger.info, logger.warn, logger.error].map(
        each => each.mock.calls,
      ),
      refused.message,
      refused.stack,
    ]);
    // The looking finds what is there…
    expect(seen).toContain(credentials.accessKeyId);
    // …and what must not be there is not.
    for (const secret of [
      credentials.secretAccessKey,
      credentials.sessionToken,
      new URL(consoleUrl).searchParams.get('SigninToken')!,
      'SigninToken',
      'sandbox-broker-secret',
    ]) {
      expect(seen).not.toContain(secret);
    }
  });
});
