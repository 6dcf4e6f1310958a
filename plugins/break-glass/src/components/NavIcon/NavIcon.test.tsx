import { screen, waitFor } from '@testing-library/react';
import { me } from '../../__testUtils__/accounts';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { NavIcon } from './NavIcon';

const backend = testBackend();

describe('NavIcon', () => {
  it('counts what waits for the person: requests, reviews, unbrokered uses and follow-ups', async () => {
    backend.on(
      'me',
      me({
        open: {
          approvals: 2,
          reviews: 1,
          mine: 5,
          unbrokered: 3,
          followUps: 1,
        },
      }),
    );
    await renderPlugin(<NavIcon />);
    expect(
      await screen.findByRole('img', { name: '7 things wait for you' }),
    ).toHaveTextContent('7');
  });

  it('stays an icon where the backend does not answer', async () => {
    backend.on('me', new Refusal(503, 'conflict', 'down'));
    await renderPlugin(<NavIcon />);
    await waitFor(() => expect(backend.seen('me')).toHaveLength(1));
    expect(screen.queryByRole('img')).toBeNull();
  });
});
