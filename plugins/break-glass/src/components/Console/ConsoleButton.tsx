import Button, { ButtonProps } from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import LaunchIcon from '@material-ui/icons/Launch';
import { IssuedSession } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useText } from '../../translation';
import { NoticeDialog, ProblemDialog } from '../shared';
import { isWebAddress, openWaitingTab } from './openInNewTab';

/**
 * Opens the AWS console in a new tab. The address is a secret that works
 * once: it goes straight to the tab, and where the browser blocks that, to a
 * link that lives as long as its dialog.
 */
export const ConsoleButton = (
  props: Omit<ButtonProps, 'onClick'> & {
    label: string;
    issue: () => Promise<IssuedSession | undefined>;
    error?: unknown;
    onDismissError: () => void;
  },
) => {
  const { label, issue, error, onDismissError, ...rest } = props;
  const t = useText();
  const [blockedUrl, setBlockedUrl] = useState<string>();
  const [bad, setBad] = useState(false);

  const open = async () => {
    const tab = openWaitingTab(t('role.consoleOpening'));
    const issued = await issue();
    if (issued?.type !== 'console') {
      tab?.close();
    } else if (!isWebAddress(issued.consoleUrl)) {
      tab?.close();
      setBad(true);
    } else if (tab) {
      tab.go(issued.consoleUrl);
    } else {
      setBlockedUrl(issued.consoleUrl);
    }
  };
  const failure = bad ? new Error(t('role.consoleBadUrl')) : error;
  return (
    <>
      <Button {...rest} startIcon={<LaunchIcon />} onClick={open}>
        {label}
      </Button>
      {blockedUrl && (
        <BlockedDialog
          url={blockedUrl}
          onClose={() => setBlockedUrl(undefined)}
        />
      )}
      {failure !== undefined && (
        <ProblemDialog
          title={t('role.openConsole')}
          error={failure}
          onClose={() => {
            setBad(false);
            onDismissError();
          }}
        />
      )}
    </>
  );
};

function BlockedDialog(props: { url: string; onClose: () => void }) {
  const t = useText();
  return (
    <NoticeDialog title={t('role.consoleBlocked')} onClose={props.onClose}>
      <Typography gutterBottom>{t('role.consoleBlockedHint')}</Typography>
      <Link
        href={props.url}
        target="_blank"
        rel="noopener noreferrer"
        referrerPolicy="no-referrer"
        onClick={props.onClose}
      >
        {t('role.openConsole')}
      </Link>
    </NoticeDialog>
  );
}
