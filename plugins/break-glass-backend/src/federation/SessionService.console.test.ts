import { describeFederation } from './testing/describeFederation';

const MARY = { ref: 'user:default/mary' };
const CREDENTIALS = { type: 'credentials' as const };

describeFederation(aWorld => {
  describe('console', () => {
    it('pitfall 29: signs in by the federation endpoint, at the page of the profile', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const issued = await world
        .federation()
        .sessions.issue(MARY, lease.id, { type: 'console' });
      const url = new URL((issued as { consoleUrl: string }).consoleUrl);
      expect(url.searchParams.has('SessionDuration')).toBe(false);
      expect(url.searchParams.get('Destination')).toBe(
        `${world.sandbox.consoleUrl}s3/buckets?region=eu-central-1`,
      );
      const login = await fetch(url, { redirect: 'manual' });
      expect(login.status).toBe(302);
      expect(login.headers.get('location')).toContain('/console/');
      expect(login.headers.get('set-cookie')).toBeTruthy();
    });

    it.each([
      [{ destination: 'https://evil.example/' }, 'destination-not-allowed'],
      [{ region: 'evil.example/' }, 'region-unknown'],
      [{ region: 'us-gov-west-1' }, 'region-unknown'],
    ])('pitfall 31: %j is refused before AWS is asked', async (asked, code) => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await expect(
        world
          .federation()
          .sessions.issue(MARY, lease.id, { type: 'console', ...asked }),
      ).rejects.toMatchObject({ name: 'InputError', code });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
    });

    it('throws the credentials away where the sign-in endpoint is down', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      world.config.partitions.aws!.endpoints.signIn = `${world.sandbox.url}/nowhere`;
      const { sessions } = world.federation();
      await expect(
        sessions.issue(MARY, lease.id, { type: 'console' }),
      ).rejects.toMatchObject({ code: 'aws-unavailable' });
      const [session] = await world.database.sessions.ofLeases([lease.id]);
      expect(session).toMatchObject({ state: 'discarded' });
      await sessions.issue(MARY, lease.id, CREDENTIALS);
    });
  });
});
