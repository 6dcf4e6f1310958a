// The sandbox's STS in a process of its own, as AWS' is elsewhere: started by ../federation.ts.
/* eslint-disable @backstage/no-undeclared-imports */
import { startAwsSandbox } from 'aws-sandbox';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { answering } from './processes';

/** What the parent may ask of it. */
export interface StsProcess {
  /** @returns address of the sandbox, whose clock stands at `now` (epoch milliseconds) */
  start(input: { now: number }): Promise<string>;
  /** Lets AssumeRole take this much longer from now on. */
  slow(input: { delayMs: number }): Promise<void>;
  stop(input: {}): Promise<void>;
}

const logDirectory = mkdtempSync(join(tmpdir(), 'break-glass-sts-'));
let sandbox: Awaited<ReturnType<typeof startAwsSandbox>> | undefined;

answering<StsProcess>({
  start: async ({ now }) => {
    sandbox = await startAwsSandbox({
      clock: { now: () => now },
      logDirectory,
    });
    return sandbox.url;
  },
  slow: async ({ delayMs }) => {
    sandbox!.faults.clear();
    if (delayMs > 0) {
      sandbox!.faults.inject({
        service: 'sts',
        action: 'AssumeRole',
        effect: 'slow',
        delayMs,
      });
    }
  },
  stop: async () => {
    await sandbox?.stop();
    rmSync(logDirectory, { recursive: true, force: true });
  },
});
