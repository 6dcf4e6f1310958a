import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  account,
  CONSOLE_URL,
  issuedConsole,
  standingRole,
} from '../../__testUtils__/accounts';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { StandingButtons } from '../AccountTab/StandingButtons';

const backend = testBackend();

function fakeTab() {
  return {
    opener: window as Window | null,
    document: document.implementation.createHTMLDocument(),
    close: jest.fn(),
  };
}

async function clickConsole() {
  await renderPlugin(
    <StandingButtons account={account()} role={standingRole()} />,
  );
  await userEvent.click(
    screen.getByRole('button', { name: 'Console: Read only' }),
  );
}

describe('ConsoleButton', () => {
  let clicked: { href: string; rel: string; referrerPolicy: string }[];
  beforeEach(() => {
    clicked = [];
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        clicked.push({
          href: this.href,
          rel: this.rel,
          referrerPolicy: this.referrerPolicy,
        });
      });
  });
  afterEach(() => jest.restoreAllMocks());

  it('opens a tab in the click, cut off from this page, and sends it there without a referrer', async () => {
    backend.on('createStandingSession', issuedConsole());
    const tab = fakeTab();
    jest.spyOn(window, 'open').mockReturnValue(tab as unknown as Window);
    await clickConsole();
    await waitFor(() =>
      expect(clicked).toEqual([
        {
          href: CONSOLE_URL,
          rel: 'noopener noreferrer',
          referrerPolicy: 'no-referrer',
        },
      ]),
    );
    expect(window.open).toHaveBeenCalledWith('', '_blank');
    expect(tab.opener).toBeNull();
    expect(document.documentElement.outerHTML).not.toContain('SigninToken');
    expect(
      JSON.stringify({ ...localStorage, ...sessionStorage }),
    ).not.toContain('SigninToken');
  });

  it('offers a link where the browser blocks the tab, and drops it on close', async () => {
    backend.on('createStandingSession', issuedConsole());
    jest.spyOn(window, 'open').mockReturnValue(null);
    await clickConsole();
    const link = await screen.findByRole('link', { name: 'Open console' });
    expect(link).toHaveAttribute('href', CONSOLE_URL);
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.documentElement.outerHTML).not.toContain('SigninToken');
  });

  it('closes the tab and says why when nothing was issued', async () => {
    backend.on(
      'createStandingSession',
      new Refusal(403, 'not-eligible', 'You may not use Read only'),
    );
    const tab = fakeTab();
    jest.spyOn(window, 'open').mockReturnValue(tab as unknown as Window);
    await clickConsole();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not use Read only',
    );
    expect(tab.close).toHaveBeenCalled();
  });

  it('pitfall 32: never follows an address that is not a web address', async () => {
    backend.on(
      'createStandingSession',
      issuedConsole('data:text/html,<script>alert(1)</script>'),
    );
    const tab = fakeTab();
    jest.spyOn(window, 'open').mockReturnValue(tab as unknown as Window);
    await clickConsole();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'not a web address',
    );
    expect(clicked).toEqual([]);
    expect(tab.close).toHaveBeenCalled();
  });
});
