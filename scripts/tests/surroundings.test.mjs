import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  findChromium,
  findKeyring,
  findPostgres,
  postgresAnswers,
} from '../lib/surroundings.mjs';

const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

describe('surroundings of the tests', () => {
  it('uses the local PostgreSQL when it answers', async () => {
    const { environment, missing } = await findPostgres({}, async () => true);

    assert.match(
      environment[VARIABLE],
      /^postgres:\/\/postgres@127\.0\.0\.1:5432/,
    );
    assert.equal(missing, undefined);
  });

  it('prefers the PostgreSQL that the environment names', async () => {
    const given = { [VARIABLE]: 'postgres://tester@127.0.0.1:9/tests' };

    const { environment } = await findPostgres(given, async () => true);

    assert.equal(environment[VARIABLE], given[VARIABLE]);
  });

  it('says what is skipped without PostgreSQL and how to get it', async () => {
    const { environment, missing } = await findPostgres({}, async () => false);

    assert.equal(environment[VARIABLE], undefined);
    assert.match(missing, /SQLite only: start one/);
    assert.ok(!missing.includes('\n'));
  });

  it('takes silence for an absent PostgreSQL', async () => {
    assert.equal(
      await postgresAnswers('postgres://postgres@127.0.0.1:1/postgres'),
      false,
    );
  });

  it('finds the first Chromium that runs', () => {
    const { environment } = findChromium({}, path => path.endsWith('browser'));

    assert.equal(environment.CHROMIUM_PATH, '/usr/bin/chromium-browser');
  });

  it('uses no other Chromium than the one named', () => {
    const { missing } = findChromium(
      { CHROMIUM_PATH: '/opt/none' },
      path => path === '/usr/bin/chromium',
    );

    assert.match(missing, /\/opt\/none.*apt-get install chromium/);
  });
  it('looks for the keyring of a desktop in every folder of the path', () => {
    const there = ['/usr/bin/dbus-run-session', '/opt/gnome-keyring-daemon'];
    const runs = path => there.includes(path);

    assert.equal(findKeyring('/usr/bin:/opt', runs).missing, undefined);
    assert.match(
      findKeyring('/usr/bin', runs).missing,
      /^gnome-keyring-daemon not found.*apt-get install dbus gnome-keyring/,
    );
    assert.match(findKeyring(undefined, runs).missing, /^dbus-run-session and/);
  });
});
