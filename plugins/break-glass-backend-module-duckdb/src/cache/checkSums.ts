import { createHash } from 'crypto';
import { createReadStream } from 'fs';
import { pipeline } from 'stream/promises';
import { join } from 'path';
import { KeptPart } from './KeptDay';

/** SHA-256 of a file, in hexadecimal digits. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Checks each part once in the life of the process: Parquet files carry no check
 * sum, and a flipped bit would be read as another record.
 */
export class CheckSums {
  private readonly right = new Set<string>();

  /** @throws Error where a part is not what was written. */
  async check(folder: string, parts: KeptPart[]): Promise<void> {
    for (const { name, sha256 } of parts) {
      if (!this.right.has(name)) {
        if ((await sha256Of(join(folder, name))) !== sha256) {
          throw new Error(`${name} is damaged`);
        }
        this.right.add(name);
      }
    }
  }

  /** Parts that were damaged may have passed the check before. */
  forget(parts: KeptPart[]): void {
    parts.forEach(({ name }) => this.right.delete(name));
  }
}
