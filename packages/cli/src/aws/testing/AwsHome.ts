// Used by tests only, though not one itself.
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';

/**
 * A home with a place for the AWS config file. It is the working folder until it is removed: a path that is taken for
 * a relative one leads nowhere else.
 */
export class AwsHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'aws-home-'));
  readonly file = join(this.folder, '.aws', 'config');
  private readonly before = process.cwd();

  constructor() {
    process.chdir(this.folder);
  }

  remove(): void {
    process.chdir(this.before);
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(text: string): void {
    mkdirSync(join(this.folder, '.aws'), { recursive: true });
    writeFileSync(this.file, text);
  }

  /** Its bytes, one character each. */
  read(): string {
    return readFileSync(this.file, 'latin1');
  }

  /** Its profiles, as the AWS SDKs read them. */
  async profiles() {
    const { configFile } = await loadSharedConfigFiles({
      configFilepath: this.file,
      filepath: join(this.folder, 'none'),
      ignoreCache: true,
    });
    return configFile;
  }
}
