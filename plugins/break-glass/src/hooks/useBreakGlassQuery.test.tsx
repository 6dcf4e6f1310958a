import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { me } from '../__testUtils__/accounts';
import { renderPlugin } from '../__testUtils__/render';
import { Refusal, testBackend } from '../__testUtils__/server';
import { useBreakGlassQuery } from './useBreakGlassQuery';
import { SLOW_PACE_MS } from './useRefetchTriggers';

const backend = testBackend();

function Probe() {
  const { data, error, loading } = useBreakGlassQuery('me', {});
  return (
    <p>
      {data?.displayName} {error ? 'failed' : ''} {loading ? 'loading' : ''}
    </p>
  );
}

describe('useBreakGlassQuery', () => {
  it('asks again when the page gets the focus', async () => {
    backend.on('me', me());
    await renderPlugin(<Probe />);
    await screen.findByText('Mary Novak');
    backend.on('me', me({ displayName: 'Mary N.' }));
    fireEvent.focus(window);
    expect(await screen.findByText('Mary N.')).toBeInTheDocument();
  });

  it('asks again at a slow pace, as signals can be lost', async () => {
    const every = jest.spyOn(globalThis, 'setInterval');
    backend.on('me', me());
    await renderPlugin(<Probe />);
    await screen.findByText('Mary Novak');
    const tick = every.mock.calls.find(([, ms]) => ms === SLOW_PACE_MS)![0];
    backend.on('me', me({ displayName: 'Mary N.' }));
    act(() => tick());
    expect(await screen.findByText('Mary N.')).toBeInTheDocument();
    every.mockRestore();
  });

  it('keeps what it has when a later fetch fails', async () => {
    backend.on('me', me());
    const { signal } = await renderPlugin(<Probe />);
    await screen.findByText('Mary Novak');
    backend.on('me', new Refusal(503, 'conflict', 'down'));
    signal('x');
    expect(await screen.findByText('Mary Novak failed')).toBeInTheDocument();
  });

  it('shows only the answer to the latest question', async () => {
    let release: (() => void) | undefined;
    const slow = new Promise<void>(resolve => {
      release = resolve;
    });
    backend.on('me', async () => {
      await slow;
      return me({ displayName: 'old' });
    });
    const { signal } = await renderPlugin(<Probe />);
    await waitFor(() => expect(backend.seen('me')).toHaveLength(1));
    backend.on('me', me({ displayName: 'new' }));
    signal('x');
    expect(await screen.findByText('new')).toBeInTheDocument();
    await act(async () => release?.());
    expect(screen.queryByText('old')).toBeNull();
  });
});
