import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  IssuedSession,
  ShellFormat,
  shellLines,
  UnsafeValueError,
} from 'backstage-plugin-break-glass-common';
import { useId, useState } from 'react';
import { useText } from '../../translation';
import { CodeBlock, CopyButton, Countdown } from '../shared';
import { CommandSetup } from './CommandSetup';

/** Credentials as issued. */
export type IssuedCredentials = Extract<IssuedSession, { type: 'credentials' }>;

/** Kinds of shell, and the command that gets credentials by itself. */
const TABS = ['bash', 'fish', 'powershell', 'cmd', 'command'] as const;

/** Issued credentials in the person's kind of shell: hidden until asked for. */
export const IssuedCredentialsView = (props: {
  accountRef: string;
  issued: IssuedCredentials;
  onExpired: () => void;
}) => {
  const { issued, onExpired } = props;
  const t = useText();
  const id = useId();
  const [format, setFormat] = useState<(typeof TABS)[number]>('bash');
  return (
    <>
      <Typography variant="body2">
        {t('credentials.remaining')}{' '}
        <Countdown
          until={issued.session.expiresAt ?? issued.credentials.expiration}
          onOver={onExpired}
        />
        {' · '}
        {t('credentials.accessKeyId')}{' '}
        <code>{issued.credentials.accessKeyId}</code>
      </Typography>
      {issued.warnings.map(warning => (
        <Alert key={warning} severity="info">
          {warning}
        </Alert>
      ))}
      <Tabs
        value={format}
        onChange={(_, value) => setFormat(value)}
        variant="scrollable"
        indicatorColor="primary"
        textColor="primary"
        scrollButtons="auto"
        aria-label={t('credentials.format')}
      >
        {TABS.map(name => (
          <Tab
            key={name}
            value={name}
            label={t(`credentials.${name}`)}
            id={`${id}-${name}`}
            aria-controls={`${id}-panel`}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${format}`}
      >
        {format === 'command' ? (
          <Box mt={1}>
            <CommandSetup accountRef={props.accountRef} />
          </Box>
        ) : (
          <Lines key={format} format={format} issued={issued} />
        )}
      </div>
    </>
  );
};

function Lines(props: { format: ShellFormat; issued: IssuedCredentials }) {
  const { format, issued } = props;
  const t = useText();
  const [shown, setShown] = useState(false);
  const lines = linesOrField(format, issued);
  if (lines.field !== undefined) {
    return (
      <Alert severity="error">
        {t('credentials.unsafe', { field: lines.field })}
      </Alert>
    );
  }
  return (
    <>
      <Box mt={1} display="flex" flexWrap="wrap" gridGap={8}>
        <CopyButton text={lines.text} variant="contained" />
        <Button
          size="small"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? t('common.hide') : t('common.show')}
        </Button>
      </Box>
      {shown ? (
        <CodeBlock label={t('credentials.content')} text={lines.text} />
      ) : (
        <Typography variant="body2">{t('credentials.hidden')}</Typography>
      )}
    </>
  );
}

function linesOrField(
  format: ShellFormat,
  issued: IssuedCredentials,
): { text: string; field?: undefined } | { field: string } {
  try {
    return {
      text: shellLines(format, {
        ...issued.credentials,
        region: issued.region,
      }),
    };
  } catch (error) {
    return {
      field: error instanceof UnsafeValueError ? error.field : 'value',
    };
  }
}
