import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Terminal } from '../testing/Terminal';
import { Keyring, systemKeyring, tryKeyring } from './keyring';
import { SignIns } from './SignIns';
import { Tokens } from './Tokens';
import { EXIT } from '../exitCodes';
import { AccessTokens } from './AccessTokens';
import { logout } from './logout';
import { OAuthClient } from './OAuthClient';
import { TokenStore } from './TokenStore';

const PORTAL = 'https://portal.example.com';
const TOKENS: Tokens = {
  accessToken: 'access',
  refreshToken: 'refresh',
  issuedAt: 1,
  expiresAt: 2,
};

const terminals: Terminal[] = [];
afterAll(() => terminals.forEach(terminal => terminal.remove()));

function aMachine(keyring?: Keyring) {
  const terminal = new Terminal();
  terminals.push(terminal);
  const context = terminal.context();
  const store = new TokenStore(context, async () => keyring);
  return {
    context,
    store,
    folder: terminal.folders.config,
    warnings: () => (context.stderr as unknown as { text: string }).text,
    save: async () => {
      const tokens = await store.save(PORTAL, TOKENS);
      await new SignIns(context).put(PORTAL, {
        userRef: 'user:default/mary',
        tokens,
        signedInAt: 1,
      });
      return tokens;
    },
  };
}

function aKeyring(changes: Partial<Keyring> = {}) {
  const kept = new Map<string, string>();
  const keyring: Keyring = {
    get: async account => kept.get(account),
    set: async (account, secret) => {
      kept.set(account, secret);
    },
    remove: async account => kept.delete(account),
    ...changes,
  };
  return { kept, keyring };
}

const refuses = async () => {
  throw new Error('locked');
};
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('tokens in a keyring', () => {
  it('are in no file', async () => {
    const { kept, keyring } = aKeyring();
    const machine = aMachine(keyring);

    expect(await machine.save()).toBe('keyring');

    expect(await machine.store.load(PORTAL)).toEqual(TOKENS);
    expect([...kept.keys()]).toEqual([PORTAL]);
    expect(existsSync(machine.store.path)).toBe(false);
    await machine.store.remove(PORTAL);
    expect(kept.size).toBe(0);
  });

  it.each([
    ['refuses', { set: refuses }],
    ['cuts what is too long', { get: async () => '{"accessToken":"acc' }],
    ['gives nothing back', { get: async () => undefined }],
  ])('go to the file where it %s', async (_, changes) => {
    const machine = aMachine(aKeyring(changes).keyring);

    expect(await machine.save()).toBe('file');
    expect(await machine.store.load(PORTAL)).toEqual(TOKENS);
  });

  it('leave no copy in the file when a keyring works again', async () => {
    const { keyring } = aKeyring();
    const machine = aMachine(keyring);
    const without = new TokenStore(machine.context, async () => undefined);
    await without.save(PORTAL, TOKENS);

    await machine.save();

    expect(readFileSync(machine.store.path, 'utf8')).toBe('{}\n');
  });

  it('are asked of no keyring that is switched off', async () => {
    expect(await systemKeyring({ BREAK_GLASS_KEYRING: 'off' })).toBeUndefined();
    expect(await tryKeyring(undefined)).toBe('fails');
    expect(await tryKeyring(aKeyring({ set: refuses }).keyring)).toBe('fails');
    expect(await tryKeyring(aKeyring().keyring)).toBe('works');
  });
});

describe('a keyring that does not open any more', () => {
  it.each([
    ['is locked', { get: refuses }],
    ['is not there', undefined],
  ])(
    'which %s keeps nobody from a way out, and hides nothing',
    async (_, closed) => {
      const { kept, keyring } = aKeyring();
      const machine = aMachine(keyring);
      await machine.save();
      const store = new TokenStore(
        machine.context,
        async () => closed && { ...keyring, ...closed },
      );

      await expect(store.load(PORTAL)).rejects.toMatchObject({
        exitCode: EXIT.notSignedIn,
        message: expect.stringMatching(
          /does not open.*break-glass login --portal https:\/\/portal/,
        ),
      });
      await expect(
        logout(machine.context, { json: false, store }),
      ).rejects.toMatchObject({
        exitCode: EXIT.failed,
        message: expect.stringContaining('You are not signed out'),
      });
      expect(kept.size).toBe(1);
      expect(await new SignIns(machine.context).get(PORTAL)).toBeDefined();
    },
  );

  it('need not say that tokens are gone which it removed', async () => {
    const { kept, keyring } = aKeyring();
    const machine = aMachine(keyring);
    await machine.save();
    const store = new TokenStore(machine.context, async () => ({
      ...keyring,
      get: account => (kept.has(account) ? keyring.get(account) : refuses()),
    }));

    await logout(machine.context, { json: false, store });

    expect(kept.size).toBe(0);
    expect(await new SignIns(machine.context).get(PORTAL)).toBeUndefined();
  });

  it('is no way to say that tokens are gone which it still gives', async () => {
    const { keyring } = aKeyring({ remove: refuses });
    const machine = aMachine(keyring);
    await machine.save();

    await expect(
      logout(machine.context, { json: false, store: machine.store }),
    ).rejects.toThrow('You are not signed out');
    expect(await new SignIns(machine.context).get(PORTAL)).toBeDefined();
  });
});

describe('access tokens', () => {
  const tokenOf = (sub: string) =>
    `x.${Buffer.from(
      JSON.stringify({ sub, iss: 'portal', iat: 0, exp: 3600 }),
    ).toString('base64url')}.x`;
  const tokensOf = (sub: string): Tokens => ({
    ...TOKENS,
    accessToken: tokenOf(sub),
    expiresAt: Date.now() + 3_600_000,
  });

  function accessTokens({ context, store }: ReturnType<typeof aMachine>) {
    const client = new OAuthClient(PORTAL, () => context.now());
    jest
      .spyOn(client, 'renew')
      .mockImplementation(async () => tokensOf('user:default/mary'));
    return new AccessTokens(context, client, store, 'user:default/mary');
  }

  it('are used for nobody but whom the session is of', async () => {
    const machine = aMachine();
    await machine.save();
    await machine.store.save(PORTAL, tokensOf('user:default/mary'));
    expect(await accessTokens(machine).get()).toBe(
      tokenOf('user:default/mary'),
    );
    await machine.store.save(PORTAL, tokensOf('user:default/daniel'));

    await expect(accessTokens(machine).get()).rejects.toMatchObject({
      exitCode: EXIT.notSignedIn,
      message: expect.stringContaining('somebody else'),
    });
  });

  it('are renewed with a warning where they go from the keyring to the file', async () => {
    let full = false;
    const { keyring } = aKeyring();
    const machine = aMachine({
      ...keyring,
      set: (...words) => (full ? refuses() : keyring.set(...words)),
    });
    await machine.save();
    full = true;

    await accessTokens(machine).get();

    expect(machine.warnings()).toMatch(
      /^Warning: no keyring works here, so the sign-in is in .*tokens\.json/,
    );
  });
});

describe('tokens in a file', () => {
  it('are readable by the person alone, in a folder that only they can enter', async () => {
    const machine = aMachine();

    await machine.save();

    expect(modeOf(machine.store.path)).toBe(0o600);
    expect(modeOf(machine.folder)).toBe(0o700);
  });

  it('are closed, with a warning, where others could read them', async () => {
    const machine = aMachine();
    await machine.save();
    chmodSync(machine.store.path, 0o644);

    expect(await machine.store.load(PORTAL)).toEqual(TOKENS);

    expect(modeOf(machine.store.path)).toBe(0o600);
    expect(machine.warnings()).toMatch(
      /^Warning: others on this machine could read .*tokens\.json/,
    );
  });

  it('close a folder that others can enter', async () => {
    const machine = aMachine();
    mkdirSync(machine.folder, { mode: 0o755 });

    await machine.save();

    expect(modeOf(machine.folder)).toBe(0o700);
  });

  it('are not read through a link', async () => {
    const machine = aMachine();
    await machine.save();
    const elsewhere = join(machine.folder, 'elsewhere.json');
    writeFileSync(elsewhere, '{}');
    const linked = aMachine();
    mkdirSync(linked.folder, { mode: 0o700 });
    symlinkSync(elsewhere, linked.store.path);

    await expect(linked.store.load(PORTAL)).rejects.toThrow(
      'is a link or not what belongs there',
    );
  });

  it('of somebody else are neither read nor written', async () => {
    const machine = aMachine();
    await machine.save();
    const { uid } = statSync(machine.store.path);
    jest.spyOn(process, 'getuid').mockReturnValue(uid + 1);

    await expect(machine.store.load(PORTAL)).rejects.toThrow(
      'belongs to somebody else',
    );
    await expect(machine.save()).rejects.toThrow('belongs to somebody else');
    jest.restoreAllMocks();
  });

  it.each(['', 'nonsense', '[]', '{"https://portal.example.com":{}}'])(
    'count as gone where the file holds %p',
    async text => {
      const machine = aMachine();
      await machine.save();
      writeFileSync(machine.store.path, text);

      expect(await machine.store.load(PORTAL)).toBeUndefined();
    },
  );
});

describe('the list of sign-ins', () => {
  it.each(['', 'nonsense', '{"current":1,"portals":{"x":{}}}'])(
    'counts as empty where it holds %p',
    async text => {
      const machine = aMachine();
      await machine.save();
      const signIns = new SignIns(machine.context);
      writeFileSync(signIns.path, text);

      expect(await signIns.portal()).toBeUndefined();
      expect(await signIns.get('x')).toBeUndefined();
    },
  );
});
