import { accessSync, constants } from 'node:fs';

const POSTGRES_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';
const LOCAL_POSTGRES = 'postgres://postgres@127.0.0.1:5432/postgres';
const CHROMIUMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * Looks for the PostgreSQL server that the integration tests use besides SQLite.
 *
 * @param {Record<string, string | undefined>} environment
 * @param {(connection: string) => Promise<boolean>} answers - whether a server takes a connection
 * @returns {Promise<{environment: object, missing?: string}>} variables for the tests, or what is missing and how to
 *   get it
 */
export async function findPostgres(environment, answers) {
  const connection = environment[POSTGRES_VARIABLE] || LOCAL_POSTGRES;
  if (await answers(connection)) {
    return { environment: { [POSTGRES_VARIABLE]: connection } };
  }
  return {
    environment: { [POSTGRES_VARIABLE]: undefined },
    missing: `PostgreSQL does not answer, so integration tests run on SQLite only: start one on 127.0.0.1:5432 with trust authentication for the user postgres, or set ${POSTGRES_VARIABLE}`,
  };
}

/**
 * Looks for the system's Chromium, which the browser tests use.
 *
 * @param {Record<string, string | undefined>} environment
 * @param {(path: string) => boolean} runs - whether a program is there
 */
export function findChromium(environment, runs = isExecutable) {
  const candidates = environment.CHROMIUM_PATH
    ? [environment.CHROMIUM_PATH]
    : CHROMIUMS;
  const path = candidates.find(runs);
  return path
    ? { environment: { CHROMIUM_PATH: path } }
    : {
        environment: {},
        missing: `Chromium is not at ${candidates.join(
          ' or ',
        )}, so browser tests do not run: apt-get install chromium, or set CHROMIUM_PATH`,
      };
}

/**
 * Looks for the keyring of a desktop, which the sign-in of the command line is tested with.
 *
 * @param {string | undefined} path - folders with programs, as in `PATH`
 * @param {(path: string) => boolean} runs - whether a program is there
 */
export function findKeyring(path, runs = isExecutable) {
  const folders = (path ?? '').split(':').filter(Boolean);
  const absent = ['dbus-run-session', 'gnome-keyring-daemon'].filter(
    program => !folders.some(folder => runs(`${folder}/${program}`)),
  );
  return absent.length === 0
    ? {}
    : {
        missing: `${absent.join(
          ' and ',
        )} not found, so tests with a real keyring do not run: apt-get install dbus gnome-keyring`,
      };
}

/** Whether a PostgreSQL server takes a connection within a few seconds. */
export async function postgresAnswers(connectionString) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 3000,
  });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
