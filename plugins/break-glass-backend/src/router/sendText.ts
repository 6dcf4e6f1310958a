import { Response } from 'express';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';

/**
 * Sends text as it comes, no faster than it is taken. Where it fails on the way,
 * the connection breaks: nobody takes a part for the whole.
 */
export async function sendText(
  response: Response,
  text: AsyncIterable<string>,
): Promise<void> {
  try {
    await pipeline(Readable.from(text), response);
  } catch (error) {
    // Whoever asked went away: there is nobody left to tell.
    if ((error as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      throw error;
    }
  }
}
