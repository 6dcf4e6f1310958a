import { readMainOptions } from './mainOptions';
import { startIdentityProvider } from './startIdentityProvider';

async function main(): Promise<void> {
  const options = readMainOptions(process.argv.slice(2), process.env);
  const provider = await startIdentityProvider(options);
  console.log(`identity provider on ${provider.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      provider.stop().then(() => process.exit(0));
    });
  }
}

main().catch(error => {
  console.error(`The identity provider did not start: ${error.message}`);
  process.exit(1);
});
