/**
 * Makes dist/: the program, and beside it what only some commands load. Nothing but Node's own modules and the keyring,
 * which is native, is needed to run it.
 */
import { build } from 'esbuild';
import { cp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { englishOnly } from './englishOnly.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// Tests bundle a program of their own in the same way.
const [entry = join(root, 'src/main.ts'), outdir = join(root, 'dist')] =
  process.argv.slice(2);

// Some libraries are CommonJS: they call `require` for Node's modules, and look for files beside themselves.
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { dirname as __dirnameOf } from 'node:path';",
  "import { fileURLToPath as __toPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __toPath(import.meta.url);',
  'const __dirname = __dirnameOf(__filename);',
].join('\n');

await rm(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { 'break-glass': entry },
  outdir,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  legalComments: 'linked',
  external: ['@napi-rs/keyring'],
  alias: {
    'cross-fetch': join(root, 'scripts/nativeFetch.mjs'),
    '@inquirer/editor': join(root, 'scripts/noEditor.mjs'),
  },
  plugins: [englishOnly],
  banner: { js: banner },
  metafile: true,
  logLevel: 'warning',
});
// The scripts of the shells are files that the library looks for beside itself.
const { resolve } = createRequire(import.meta.url);
await cp(
  join(dirname(resolve('@pnpm/tabtab')), 'templates'),
  join(outdir, 'parts/templates'),
  { recursive: true },
);
// What blocks on a keyring runs as a program of its own, which the command looks for beside itself, too.
await cp(
  join(root, 'src/signIn/keyringProgram.cjs'),
  join(outdir, 'parts/keyringProgram.cjs'),
);
const bytes = Object.values(metafile.outputs).reduce(
  (sum, output) => sum + output.bytes,
  0,
);
process.stdout.write(`break-glass.mjs: ${Math.ceil(bytes / 1024)} KB in all\n`);
