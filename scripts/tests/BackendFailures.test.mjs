import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BackendFailures } from '../lib/BackendFailures.mjs';

const line = message =>
  `\u001b[2m2026-11-21T01:15:09.236Z\u001b[22m \u001b[34mbackstage\u001b[39m \u001b[31merror\u001b[39m ${message} \u001b[36mtype\u001b[39m="initialization" \u001b[36mstack\u001b[39m="TypeError: at …"`;

/** The first reason in some lines of log. */
function backendFailure(text) {
  const failures = new BackendFailures();
  for (const one of text.split('\n')) {
    const reason = failures.read(one);
    if (reason) {
      return reason;
    }
  }
  return failures.end();
}

describe('BackendFailures', () => {
  it('names the plugin and the configuration key', () => {
    const message =
      "Plugin 'catalog' threw an error during startup, waiting for 8 other plugins to finish before shutting down the process. Invalid type in config for key 'catalog.locations' in 'app-config.yaml', got object, wanted object-array";

    assert.equal(
      backendFailure(line(message)),
      "catalog: Invalid type in config for key 'catalog.locations' in 'app-config.yaml', got object, wanted object-array",
    );
  });

  it('reads a reason of several lines to its end', () => {
    const message =
      "Plugin 'break-glass' threw an error during startup, waiting for 5 other plugins to finish before shutting down the process. Wrong configuration:\n- breakGlass.roles: is missing\n- breakGlass.rolez: unknown key";

    assert.equal(
      backendFailure(`${line(message)}\n${line('Serving static app content')}`),
      'break-glass: Wrong configuration:\n- breakGlass.roles: is missing\n- breakGlass.rolez: unknown key',
    );
  });

  it('reads an entry that ends with the next one or with the process', () => {
    const start = '\u001b[2m2026-11-21T01:15:09.236Z\u001b[22m backstage error';
    const text = `${start} Unhandled rejection first\nsecond`;

    assert.equal(backendFailure(text), 'first\nsecond');
    assert.equal(
      backendFailure(`${text}\n${start} Listening`),
      'first\nsecond',
    );
  });

  it('reads the lines of production, which are JSON', () => {
    const message =
      "Plugin 'break-glass' threw an error during startup, waiting for 8 other plugins to finish before shutting down the process. breakGlass.roles is missing";

    assert.equal(
      backendFailure(JSON.stringify({ level: 'error', message })),
      'break-glass: breakGlass.roles is missing',
    );
  });

  it('takes a skipped sign-in provider for a failure, as nobody could sign in', () => {
    assert.equal(
      backendFailure(
        line(
          "Skipping oidc auth provider, Missing required config value at 'x'",
        ),
      ),
      "oidc: Missing required config value at 'x'",
    );
  });

  it('reads an error that ends the process', () => {
    assert.equal(
      backendFailure('Error: Failed to read config file, bad indentation'),
      'Failed to read config file, bad indentation',
    );
  });

  it('takes no other line for a failure', () => {
    assert.equal(
      backendFailure(line('Listening on 127.0.0.1:7007')),
      undefined,
    );
    assert.equal(
      backendFailure('    at Object.factory (file.ts:1:1)'),
      undefined,
    );
    assert.equal(
      backendFailure('{"message":"Plugin initialization complete"}'),
      undefined,
    );
    assert.equal(backendFailure('{not json'), undefined);
  });
});
