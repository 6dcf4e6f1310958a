import { AwsSandboxOptions } from './startAwsSandbox';

/** Says what is wrong with the command line or the environment, in one sentence. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}

interface Setting {
  /** Command-line name; the environment has it as `AWS_SANDBOX_…`. */
  flag: string;
  fallback: string;
}

const SETTINGS = {
  port: { flag: '--port', fallback: '7010' },
  logDirectory: { flag: '--log-directory', fallback: '.data/cloudtrail' },
  deliveryDelay: { flag: '--delivery-delay-seconds', fallback: '5' },
  propagationDelay: { flag: '--propagation-delay-seconds', fallback: '1.5' },
} satisfies Record<string, Setting>;

/** The name of a flag in the environment: `--log-directory` is `AWS_SANDBOX_LOG_DIRECTORY`. */
function variableOf(flag: string): string {
  return `AWS_SANDBOX_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`;
}

function readFlags(args: string[]): Map<string, string> {
  const known = new Set(Object.values(SETTINGS).map(setting => setting.flag));
  const flags = new Map<string, string>();
  for (let at = 0; at < args.length; at += 1) {
    const cut = args[at].indexOf('=');
    const flag = cut < 0 ? args[at] : args[at].slice(0, cut);
    if (!known.has(flag)) {
      throw new ConfigurationError(
        `unknown option ${flag}; there are ${[...known].join(', ')}`,
      );
    }
    if (cut < 0) at += 1;
    const value = cut < 0 ? args[at] : args[at].slice(cut + 1);
    if (value === undefined || value === '') {
      throw new ConfigurationError(`${flag} needs a value`);
    }
    flags.set(flag, value);
  }
  return flags;
}

function numberIn(
  name: string,
  text: string,
  max: number,
  whole: boolean,
): number {
  const pattern = whole ? /^\d{1,6}$/ : /^\d{1,6}(\.\d{1,3})?$/;
  const value = Number(text);
  if (!pattern.test(text) || value > max) {
    const kind = whole ? 'a whole number' : 'a number';
    throw new ConfigurationError(
      `${name} must be ${kind} from 0 to ${max}, not "${text}"`,
    );
  }
  return value;
}

/**
 * Reads the sandbox's options from the command line and, where it says nothing, the environment.
 * @throws ConfigurationError naming the option and what it may be
 */
export function readOptions(
  args: string[],
  environment: Record<string, string | undefined>,
): Required<
  Pick<
    AwsSandboxOptions,
    'port' | 'logDirectory' | 'deliveryDelayMs' | 'propagationDelayMs'
  >
> {
  const flags = readFlags(args);
  const read = ({ flag, fallback }: Setting) => {
    const variable = variableOf(flag);
    const given = flags.get(flag);
    return given !== undefined
      ? { name: flag, value: given }
      : { name: variable, value: environment[variable] || fallback };
  };
  const port = read(SETTINGS.port);
  const delivery = read(SETTINGS.deliveryDelay);
  const propagation = read(SETTINGS.propagationDelay);
  const seconds = (setting: { name: string; value: string }) =>
    Math.round(numberIn(setting.name, setting.value, 86_400, false) * 1000);
  return {
    port: numberIn(port.name, port.value, 65_535, true),
    logDirectory: read(SETTINGS.logDirectory).value,
    deliveryDelayMs: seconds(delivery),
    propagationDelayMs: seconds(propagation),
  };
}
