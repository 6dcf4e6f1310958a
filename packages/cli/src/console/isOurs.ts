import { IncomingMessage } from 'node:http';
import { peerUid } from './peerUid';

/**
 * Whether a request to a server of ours on the loopback address comes from a process of the person. Only Linux can say.
 * Root can read everything anyway, and stands between the systems of one machine (WSL).
 *
 * @param port - of the server
 * @param uidOf - whose process holds the other end; undefined where unknown
 */
export async function isOurs(
  platform: NodeJS.Platform,
  { socket }: IncomingMessage,
  port: number,
  uidOf: typeof peerUid = peerUid,
): Promise<boolean> {
  if (platform !== 'linux' || socket.remotePort === undefined) {
    return platform !== 'linux';
  }
  const uid = await uidOf(socket.remotePort, port);
  return uid !== undefined && (uid === 0 || uid === process.getuid?.());
}
