import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { LEASE_ID } from '../__testUtils__/leases';
import { renderPlugin } from '../__testUtils__/render';
import { testBackend } from '../__testUtils__/server';
import { event } from '../__testUtils__/timeline';
import { usePagedQuery } from './usePagedQuery';

const backend = testBackend();

function Probe() {
  const [limit, setLimit] = useState(1);
  const list = usePagedQuery(
    'listUnbrokeredActivity',
    { params: { id: LEASE_ID }, query: { limit } },
    { keepPrevious: true },
  );
  const twice = () => {
    list.loadMore();
    list.loadMore();
  };
  return (
    <>
      <p>
        {list.items?.map(({ id }) => id).join(' ')}{' '}
        {list.hasMore ? 'and more' : 'and no more'}
      </p>
      <button onClick={twice}>more, twice at once</button>
      <button onClick={() => setLimit(2)}>ask otherwise</button>
    </>
  );
}

/** Pages of one event each, named by their number. */
const pages = (last: number) =>
  backend.on('listUnbrokeredActivity', ({ query }) => {
    const number = Number(query.cursor ?? 0);
    return {
      items: [event(`e${number}`, number)],
      total: last + 1,
      nextCursor: number < last ? String(number + 1) : undefined,
    };
  });

describe('usePagedQuery', () => {
  it('loads a page once, however often it is asked for while it is on its way', async () => {
    pages(2);
    await renderPlugin(<Probe />);
    await screen.findByText('e0 and more');
    fireEvent.click(screen.getByText('more, twice at once'));
    expect(await screen.findByText('e0 e1 and more')).toBeInTheDocument();
    expect(backend.seen('listUnbrokeredActivity')).toHaveLength(2);
    fireEvent.click(screen.getByText('more, twice at once'));
    expect(await screen.findByText('e0 e1 e2 and no more')).toBeInTheDocument();
    expect(backend.seen('listUnbrokeredActivity')).toHaveLength(3);
  });

  it('does not follow the cursor of an earlier question while the answer to another is awaited', async () => {
    pages(2);
    await renderPlugin(<Probe />);
    await screen.findByText('e0 and more');
    let release: (() => void) | undefined;
    const slow = new Promise<void>(resolve => {
      release = resolve;
    });
    backend.on('listUnbrokeredActivity', async () => {
      await slow;
      return { items: [event('other', 1)], total: 1 };
    });
    fireEvent.click(screen.getByText('ask otherwise'));
    expect(await screen.findByText('e0 and no more')).toBeInTheDocument();
    await act(async () => release?.());
    expect(await screen.findByText('other and no more')).toBeInTheDocument();
  });
});
