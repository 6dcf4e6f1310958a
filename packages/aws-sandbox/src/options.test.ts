import { ConfigurationError, readOptions } from './options';

it('has defaults', () => {
  expect(readOptions([], {})).toEqual({
    port: 7010,
    logDirectory: '.data/cloudtrail',
    deliveryDelayMs: 5_000,
    propagationDelayMs: 1_500,
  });
});

it('takes the environment, and the command line over it', () => {
  const environment = {
    AWS_SANDBOX_PORT: '1',
    AWS_SANDBOX_LOG_DIRECTORY: '/logs',
    AWS_SANDBOX_DELIVERY_DELAY_SECONDS: '0.25',
    AWS_SANDBOX_PROPAGATION_DELAY_SECONDS: '0',
  };
  expect(readOptions(['--port', '2'], environment)).toEqual({
    port: 2,
    logDirectory: '/logs',
    deliveryDelayMs: 250,
    propagationDelayMs: 0,
  });
  expect(readOptions(['--port=3'], environment).port).toBe(3);
});

it.each([
  [
    ['--port', 'abc'],
    '--port must be a whole number from 0 to 65535, not "abc"',
  ],
  [['--port', '65536'], '--port must be'],
  [['--port', '-1'], '--port must be'],
  [['--port'], '--port needs a value'],
  [
    ['--delivery-delay-seconds', 'NaN'],
    '--delivery-delay-seconds must be a number from 0 to 86400',
  ],
  [['--prot', '1'], 'unknown option --prot; there are --port'],
])('refuses %j', (args, message) => {
  expect(() => readOptions(args, {})).toThrow(ConfigurationError);
  expect(() => readOptions(args, {})).toThrow(message);
});

it('names the variable of a bad value from the environment', () => {
  expect(() => readOptions([], { AWS_SANDBOX_PORT: 'x' })).toThrow(
    'AWS_SANDBOX_PORT must be',
  );
});
