import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { PanicNotice } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { ForeignText, Instant } from '../shared';

/** What incident responders stopped, to everybody whom it stops. */
export const PanicNotices = (props: { stops: PanicNotice[] }) => {
  const t = useText();
  return (
    <>
      {props.stops.map(({ id, kind, title, reason, raisedAt }) => (
        <Box key={id} mb={2}>
          <Alert severity="error" role="alert">
            <AlertTitle>{t(`panic.notice.${kind}`, { title })}</AlertTitle>
            <ForeignText text={reason} /> · <Instant at={raisedAt} />
            <Box mt={0.5}>{t('panic.noticeHint')}</Box>
          </Alert>
        </Box>
      ))}
    </>
  );
};
