import { ReactNode } from 'react';
import { PagedQuery } from '../../hooks/usePagedQuery';
import { ErrorState } from './ErrorState';
import { LoadMore } from './LoadMore';
import { Shape } from './Shape';

const ROW_HEIGHT = 96;

/** The states of a list: its shape while it loads, what went wrong, that it is empty, or its rows. */
export function ListState<T>(props: {
  list: PagedQuery<T>;
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}) {
  const { list, empty, children } = props;
  if (!list.items) {
    return list.error === undefined ? (
      <Shape heights={[ROW_HEIGHT, ROW_HEIGHT, ROW_HEIGHT]} />
    ) : (
      <ErrorState error={list.error} onRetry={list.refetch} />
    );
  }
  return (
    <>
      {list.items.length === 0 ? empty : children(list.items)}
      <LoadMore list={list} />
    </>
  );
}
