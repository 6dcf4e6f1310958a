import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterNoon, LEASE_ID } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import {
  event,
  histogram,
  session,
  timeline,
} from '../../__testUtils__/timeline';
import { TimelineFilter, useTimeline } from '../../hooks/useTimeline';
import { TimelineView } from './TimelineView';

const backend = testBackend();
const other = session({ id: '01K6FJ00000000000000000011', type: 'console' });

function Probe() {
  const [filter, setFilter] = useState<TimelineFilter>({});
  return (
    <TimelineView
      leaseId={LEASE_ID}
      sessions={[session(), other]}
      timeline={useTimeline(LEASE_ID, filter)}
      filter={filter}
      onFilter={setFilter}
    />
  );
}

const show = () => renderPlugin(<Probe />);
const choose = async (field: RegExp, option: RegExp) => {
  await userEvent.click(await screen.findByRole('button', { name: field }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};
const asked = (route: 'getTimeline' | 'getHistogram') =>
  backend.seen(route).pop()?.query;

describe('the timeline', () => {
  beforeEach(() => {
    backend.on('getHistogram', histogram([1, 0, 2, 1]));
    backend.on('getTimeline', timeline([event('a', 0), event('b', 3)]));
  });

  it('zooms by keyboard: list and bars are asked for the chosen time, and all of it is one button away', async () => {
    await show();
    const [from, to] = await screen.findAllByRole('slider');
    expect(from).toHaveAccessibleName('Zoom from');
    expect(to).toHaveAccessibleName('Zoom to');
    const zoom = screen.getByRole('button', { name: 'Zoom in' });
    expect(zoom).toBeDisabled();
    fireEvent.keyDown(from, { key: 'ArrowRight' });
    fireEvent.keyDown(to, { key: 'ArrowLeft' });
    expect(from.getAttribute('aria-valuetext')).toContain('12:01:00 UTC');
    await userEvent.click(zoom);
    const window = { from: afterNoon(1), to: afterNoon(3) };
    await waitFor(() => expect(asked('getTimeline')).toMatchObject(window));
    await waitFor(() => expect(asked('getHistogram')).toMatchObject(window));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show all' }),
    );
    await waitFor(() =>
      expect(asked('getTimeline')).not.toHaveProperty('from'),
    );
    expect(asked('getHistogram')).not.toHaveProperty('to');
  });

  it('names what the bars count to those who cannot see them', async () => {
    await show();
    expect(
      await screen.findByRole('figure', {
        name: /4 events between .*12:00:00 UTC.* and .*12:03:00 UTC.*, of them 4 writes and 0 refused/,
      }),
    ).toBeInTheDocument();
  });

  it('asks the backend for a session, an access level and a service', async () => {
    await show();
    await choose(/Session/, /Console session/);
    await choose(/Access level/, /permissions/);
    await choose(/Service/, /s3/);
    const query = {
      session: other.id,
      accessLevel: 'permissions-management',
      service: 's3',
    };
    await waitFor(() => expect(asked('getTimeline')).toMatchObject(query));
    await waitFor(() => expect(asked('getHistogram')).toMatchObject(query));
  });

  it('pitfall 23: loads 50,000 events page by page, each once, and puts only some of them on the page', async () => {
    const PAGE = 500;
    backend.on('getTimeline', ({ query }) => {
      const number = Number(query.cursor ?? 0);
      const page = timeline(
        Array.from({ length: PAGE }, (_, index) =>
          event(`e${number * PAGE + index}`, number + index / PAGE),
        ),
      );
      return {
        ...page,
        items: number === 0 ? page.items : page.items.slice(2),
        counts: { ...page.counts, total: 50_000 },
        nextCursor: String(number + 1),
      };
    });
    await show();
    expect(
      await screen.findByText('500 of 50000 events loaded'),
    ).toBeInTheDocument();
    expect(backend.seen('getTimeline')).toHaveLength(1);
    const more = screen.getByRole('button', { name: 'Load more' });
    fireEvent.click(more);
    fireEvent.click(more);
    expect(
      await screen.findByText('1000 of 50000 events loaded'),
    ).toBeInTheDocument();
    expect(backend.seen('getTimeline').map(call => call.query.cursor)).toEqual([
      undefined,
      '1',
    ]);
    expect(screen.queryAllByTestId('timeline-event').length).toBeLessThan(100);
  });

  it('shows why the list could not be loaded, and tries again', async () => {
    backend.on('getTimeline', new Refusal(503, 'aws-unavailable', 'No logs'));
    await show();
    expect(await screen.findByText('No logs')).toBeInTheDocument();
    backend.on('getTimeline', timeline([event('a', 0)]));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByTestId('timeline-event')).toBeInTheDocument();
  });

  it('opens an event to the account it was recorded in, and the others that recorded it', async () => {
    backend.on('getActivityRecord', { record: { eventID: 'a' } });
    backend.on(
      'getTimeline',
      timeline([
        event('a', 0, { accountId: '222233334444', alsoIn: ['111122223333'] }),
      ]),
    );
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: /s3:PutBucketPolicy/ }),
    );
    expect(screen.getByText('222233334444')).toBeInTheDocument();
    expect(screen.getByText('Also recorded in')).toBeInTheDocument();
  });
});
