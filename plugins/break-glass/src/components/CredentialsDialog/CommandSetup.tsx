import { configApiRef, useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useText } from '../../translation';
import { CodeBlock, CopyButton } from '../shared';

/** How the AWS CLI and SDKs get credentials of this account by themselves, with the `break-glass` command. Nothing in it is secret. */
export const CommandSetup = (props: { accountRef: string }) => {
  const t = useText();
  const backend = useApi(configApiRef).getString('backend.baseUrl');
  const lines = [
    'npm install --global break-glass',
    `break-glass login --portal ${backend}`,
    `break-glass configure ${props.accountRef}`,
  ].join('\n');
  return (
    <>
      <Typography variant="body2">{t('credentials.commandHint')}</Typography>
      <CodeBlock label={t('credentials.commandLines')} text={lines} />
      <Box mt={1}>
        <CopyButton text={lines} />
      </Box>
    </>
  );
};
