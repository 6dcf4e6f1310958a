import { EXIT } from '../exitCodes';
import { Terminal } from '../testing/Terminal';
import { handOver, HandOverOptions } from './handOver';
import { peerUid, uidIn } from './peerUid';

const SECRET = 'https://signin.example.com/federation?SigninToken=secret';

const terminals: Terminal[] = [];
afterAll(() => terminals.forEach(terminal => terminal.remove()));

/** Hands the secret over to a browser that does what the test says with the address that it is given. */
async function openedBy(
  browse: (url: string) => Promise<void>,
  options: HandOverOptions = {},
) {
  let browsing: Promise<void> = Promise.resolve();
  const context = aContext(async url => {
    browsing = browse(url);
    await browsing;
  });
  await handOver(context, SECRET, options);
  await browsing;
  return context;
}

function aContext(openBrowser: (url: string) => Promise<void>) {
  const terminal = new Terminal({ openBrowser });
  terminals.push(terminal);
  return { ...terminal.context(), openBrowser, platform: 'linux' as const };
}

const get = (url: string, init?: RequestInit) =>
  fetch(url, { redirect: 'manual', ...init });
const ours = async () => process.getuid?.();

describe('handing a console over to the browser', () => {
  it('pitfall 27: puts no secret into what the browser is opened with', async () => {
    const urls: string[] = [];

    await openedBy(
      async url => {
        urls.push(url);
        const answer = await get(url);
        expect(answer.status).toBe(303);
        expect(answer.headers.get('location')).toBe(SECRET);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      },
      { uidOf: ours },
    );

    expect(urls).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/),
    ]);
  });

  it('leads there once, and is gone then', async () => {
    let used = '';
    await openedBy(
      async url => {
        used = url;
        await get(url);
      },
      { uidOf: ours },
    );

    await expect(get(used)).rejects.toThrow('fetch failed');
  });

  it('leads one of two there that come at once', async () => {
    const codes: unknown[] = [];
    const waiting: Array<() => void> = [];
    await openedBy(
      async url => {
        const both = await Promise.allSettled([get(url), get(url)]);
        codes.push(
          ...both.map(one => one.status === 'fulfilled' && one.value.status),
        );
      },
      {
        // Both are there before either gets an answer.
        uidOf: async () => {
          await new Promise<void>(resolve => {
            waiting.push(resolve);
            if (waiting.length === 2) waiting.forEach(go => go());
          });
          return ours();
        },
      },
    );

    expect(codes.filter(code => code === 303)).toHaveLength(1);
  });

  it('leads nobody there who does not know the path, or comes by another name', async () => {
    await openedBy(
      async url => {
        const { origin, port, pathname } = new URL(url);
        const guesses = [
          await get(origin),
          await get(`${origin}/${'x'.repeat(43)}`),
          await get(`http://localhost:${port}${pathname}`),
          await get(url, { method: 'POST' }),
        ];
        expect(guesses.map(({ status }) => status)).toEqual([
          404, 404, 404, 404,
        ]);
        expect(guesses.some(({ headers }) => headers.has('location'))).toBe(
          false,
        );
        await get(url);
      },
      { uidOf: ours },
    );
  });

  it.each([
    ['another user', 12_345],
    ['a user that cannot be told', undefined],
  ])(
    'refuses a process of %s, says so, and goes on waiting',
    async (_, uid) => {
      const uids = [uid, process.getuid?.()];
      const context = await openedBy(
        async url => {
          const stolen = await get(url);
          expect(stolen.status).toBe(403);
          expect(stolen.headers.has('location')).toBe(false);
          expect((await get(url)).status).toBe(303);
        },
        { uidOf: async () => uids.shift() },
      );

      expect((context.stderr as unknown as { text: string }).text).toBe(
        'Warning: a process of another user asked for the console and was refused.\n',
      );
    },
  );

  it('says how to go on where nothing opens a browser', async () => {
    const context = aContext(async () => {
      throw new Error('spawn xdg-open ENOENT');
    });

    await expect(handOver(context, SECRET)).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: expect.stringMatching(/^No browser could be opened.*--print/),
    });
  });

  it('says how to go on where no browser comes', async () => {
    await expect(
      handOver(
        aContext(async () => {}),
        SECRET,
        { signal: AbortSignal.abort() },
      ),
    ).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringContaining('--print'),
    });
  });
});

describe('the user at the other end of a connection', () => {
  const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F77 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 100 1 0
   1: 0100007F:C350 0100007F:1F77 01 00000000:00000000 00:00000000 00000000  1001        0 200 1 0
   2: 0100007F:1F77 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 300 1 0`;

  it('is read from the row of that end, not of ours', () => {
    expect(uidIn(TABLE, 0xc350, 0x1f77)).toBe(1001);
    expect(uidIn(TABLE, 0xc351, 0x1f77)).toBeUndefined();
    expect(uidIn('', 1, 2)).toBeUndefined();
  });

  it('is this user for a connection of this process, where the system has tables', async () => {
    const seen: Array<number | undefined> = [];
    await openedBy(
      async url => {
        await get(url);
      },
      {
        uidOf: async (peer, own) => {
          seen.push(await peerUid(peer, own));
          return process.getuid?.();
        },
      },
    );

    expect(seen).toEqual([
      process.platform === 'linux' ? process.getuid?.() : undefined,
    ]);
  });
});
