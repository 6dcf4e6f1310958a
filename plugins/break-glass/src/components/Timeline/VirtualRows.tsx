import { ReactNode, useCallback, useState } from 'react';
import { Virtuoso } from 'react-virtuoso';

/** Up to this many lines are put on the page as they are; more are virtualised. */
const PLAIN_ROWS = 60;
const LIST_HEIGHT = 600;
/** So many lines before the last one more are asked for, so that scrolling goes on. */
const AHEAD = 100;

/** Lines that open and close, however many; those out of sight are not on the page. */
export function VirtualRows<T extends { key: string }>(props: {
  rows: T[];
  show: (row: T, open: boolean, onToggle: (key: string) => void) => ReactNode;
  onEnd: () => void;
}) {
  const { rows, show, onEnd } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (key: string) =>
      setOpen(old => {
        const next = new Set(old);
        if (!next.delete(key)) {
          next.add(key);
        }
        return next;
      }),
    [],
  );
  if (rows.length <= PLAIN_ROWS) {
    return (
      <>
        {rows.map(row => (
          <div key={row.key}>{show(row, open.has(row.key), toggle)}</div>
        ))}
      </>
    );
  }
  return (
    <Virtuoso
      style={{ height: LIST_HEIGHT }}
      data={rows}
      computeItemKey={(_, row) => row.key}
      itemContent={(_, row) => show(row, open.has(row.key), toggle)}
      rangeChanged={({ endIndex }) => {
        if (endIndex > rows.length - AHEAD) {
          onEnd();
        }
      }}
      endReached={onEnd}
    />
  );
}
