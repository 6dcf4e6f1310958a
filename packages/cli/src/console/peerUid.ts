import { readFile } from 'node:fs/promises';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * Whose process holds the other end of a connection on this machine, by the tables of Linux.
 *
 * @param peerPort - port of the other end
 * @param ownPort - port of our end
 * @returns undefined where the tables do not know
 */
export async function peerUid(
  peerPort: number,
  ownPort: number,
): Promise<number | undefined> {
  for (const table of TABLES) {
    const uid = uidIn(
      await readFile(table, 'utf8').catch(() => ''),
      peerPort,
      ownPort,
    );
    if (uid !== undefined) {
      return uid;
    }
  }
  return undefined;
}

/** Looks it up in one table: local and remote address in the second and third column, the user in the eighth. */
export function uidIn(
  table: string,
  peerPort: number,
  ownPort: number,
): number | undefined {
  for (const row of table.split('\n').slice(1)) {
    const [, local, remote, , , , , uid] = row.trim().split(/\s+/);
    if (portOf(local) === peerPort && portOf(remote) === ownPort) {
      return Number(uid);
    }
  }
  return undefined;
}

function portOf(address: string | undefined): number {
  return parseInt(address?.split(':')[1] ?? '', 16);
}
