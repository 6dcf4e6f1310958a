import { TrailTableSeed } from 'aws-sandbox';
import {
  SandboxAthena,
  STREAM_TABLE,
  TRAIL_TABLE,
} from './testing/SandboxAthena';

const NOW = Date.parse('2026-10-03T12:00:00Z');
const LOG = 'cloudtrail.trail of the account 555566667777';

/** What the probe says of a log in the sandbox. */
async function probed(
  options: Parameters<typeof SandboxAthena.start>[1] = {},
  logs?: object[],
) {
  const athena = await SandboxAthena.start(NOW, options);
  const source = athena.source(logs);
  try {
    return await source.probe();
  } finally {
    source.close();
    await athena.stop();
  }
}

const table = (change: Partial<TrailTableSeed>) => ({
  tables: [{ ...(TRAIL_TABLE as TrailTableSeed), ...change }],
});

describe('the probe', () => {
  it('says what is read where all is well, for both layouts', async () => {
    const day = { year: 'year', month: 'month', day: 'day' };
    const stream = { table: 'stream', layout: 'firehose' };
    const limit = { maxBytesPerQuery: '10GB' };
    expect(await probed({}, [limit, { ...stream, ...limit }])).toEqual({
      ok: true,
      words:
        `Reads ${LOG} in eu-central-1 with the workgroup break-glass, at most 10240 MB a query. ` +
        'Reads cloudtrail.stream of the account 555566667777 in eu-central-1 with the workgroup break-glass, at most 10240 MB a query.',
    });
    expect(
      await probed(
        {
          tables: [
            {
              ...STREAM_TABLE,
              layout: 'stream',
              folder: 'stream',
              partitioning: 'year/month/day',
            },
          ],
        },
        [{ ...stream, partitionColumns: { day } }],
      ),
    ).toMatchObject({ ok: true });
  });

  it.each([
    [
      'a workgroup that is disabled',
      { workGroup: { disabled: true } },
      /The workgroup break-glass of the account 555566667777 is disabled: enable it\./,
    ],
    [
      'a workgroup without a place for results',
      { workGroup: { outputLocation: undefined } },
      /has no place for results: set its query result location/,
    ],
    [
      'a workgroup that does not exist',
      { workGroup: { name: 'other' } },
      /\((?:InvalidRequestException|AccessDeniedException)\)/,
    ],
    [
      'a table that does not exist',
      { tables: [] },
      /MetadataException.*its DDL is in docs\/aws-side.md/,
    ],
    [
      'a table without source identities',
      table({ withoutSourceIdentity: true }),
      /no useridentity.sessioncontext.sourceidentity, which AWS' own DDL leaves out.*add sourceidentity:STRING to sessioncontext, and run DROP TABLE cloudtrail.trail/,
    ],
    [
      'a table without columns that are needed',
      table({ without: ['eventtime', 'timestamp'] }),
      /lacks the columns eventtime, timestamp: run DROP TABLE cloudtrail.trail/,
    ],
  ])(
    'says what is wrong with %s, and what mends it',
    async (_, options, words) => {
      const { ok, words: said } = await probed(options);
      expect(said).toMatch(words);
      expect(said).not.toContain('\n');
      expect(ok).toBe(false);
    },
  );

  it('names the accounts and regions that the projection leaves out, with the line that mends it', async () => {
    const { ok, words } = await probed(
      table({ accounts: ['111122223333'], regions: ['us-east-1'] }),
      [
        {
          accounts: ['111122223333', '222233334444'],
          regions: ['us-east-1', 'eu-west-1'],
        },
      ],
    );
    expect(ok).toBe(false);
    expect(words).toContain(
      `run ALTER TABLE cloudtrail.trail SET TBLPROPERTIES ('projection.account.values' = '111122223333,222233334444').`,
    );
    expect(words).toContain(
      `run ALTER TABLE cloudtrail.trail SET TBLPROPERTIES ('projection.region.values' = 'us-east-1,eu-west-1').`,
    );
  });

  it('advises a limit where the workgroup has none, or a higher one', async () => {
    const unlimited = { bytesScannedCutoffPerQuery: undefined };
    expect(await probed({ workGroup: unlimited })).toEqual({
      ok: true,
      words: expect.stringMatching(
        /lets a query scan any amount.*control to 102400 MB/,
      ),
    });
    expect(await probed({}, [{ maxBytesPerQuery: '20MB' }])).toEqual({
      ok: true,
      words: expect.stringMatching(/lets a query scan 10240 MB/),
    });
  });

  it('names the action that the credentials lack', async () => {
    const { ok, words } = await probed({}, [{ workgroup: 'primary' }]);
    expect(ok).toBe(false);
    expect(words).toContain('Allow athena:GetWorkGroup to the credentials');
  });
});
