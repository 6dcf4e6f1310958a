import { OutboxMessage } from '../database/types';

/** Name of one lane of the outbox. */
export type LaneName = 'kills' | 'collects' | 'words';

/** What a lane carries, and how much of it at once. */
export interface LaneOptions {
  kinds: ReadonlyArray<OutboxMessage['kind']>;
  concurrency: number;
}

/**
 * Every kind travels in one lane, and lanes wait for nothing of each other:
 * logs that answer slowly keep no kill from AWS (I4).
 */
export const LANES: Record<LaneName, LaneOptions> = {
  kills: { kinds: ['panic', 'kill'], concurrency: 4 },
  collects: { kinds: ['collect'], concurrency: 2 },
  words: { kinds: ['notification', 'signal'], concurrency: 4 },
};
