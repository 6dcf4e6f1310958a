import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { CodeBlock, CopyButton, ErrorState, Shape } from '../shared';
import { DetailLine } from './DetailLine';

/** The redacted record of an event: parameters, response, and all of it. */
export const EventRecord = (props: { leaseId: string; eventId: string }) => {
  const t = useText();
  const { data, error, refetch } = useBreakGlassQuery('getActivityRecord', {
    params: { id: props.leaseId, eventId: props.eventId },
  });
  if (!data) {
    return error === undefined ? (
      <Shape heights={[60]} />
    ) : (
      <ErrorState error={error} onRetry={refetch} />
    );
  }
  return (
    <>
      <Json
        title={t('timeline.parameters')}
        value={data.record.requestParameters}
      />
      <Json
        title={t('timeline.response')}
        value={data.record.responseElements}
      />
      <Json title={t('timeline.raw')} value={data.record} copy />
    </>
  );
};

function Json(props: { title: string; value: unknown; copy?: boolean }) {
  const { title, value, copy } = props;
  const t = useText();
  if (value === undefined || value === null) {
    return <DetailLine name={title} value={t('timeline.none')} />;
  }
  const text = JSON.stringify(value, null, 2);
  return (
    <Box mt={1}>
      <Typography variant="subtitle2" component="h4">
        {title} {copy && <CopyButton text={text} />}
      </Typography>
      <CodeBlock label={title} text={text} />
    </Box>
  );
}
