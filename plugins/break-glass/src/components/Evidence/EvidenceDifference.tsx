import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { EvidenceCheck } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { exactWords, ForeignText, ScrollRegion, ToneChip } from '../shared';

const TONES = { added: 'waiting', missing: 'bad', changed: 'bad' } as const;

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    scroll: { maxHeight: 320 },
    line: {
      padding: theme.spacing(1, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
  }),
  { name: 'BreakGlassEvidenceDifference' },
);

/** Frozen evidence beside what the logs say now, event by event. */
export const EvidenceDifference = (props: { check: EvidenceCheck }) => {
  const { same, storedIntact, words, counts, differences } = props.check;
  const t = useText();
  const all = counts.added + counts.missing + counts.changed;
  return (
    <>
      {!storedIntact && (
        <Box mb={1}>
          <Alert severity="error">
            <AlertTitle>{t('evidence.notIntact')}</AlertTitle>
            {t('evidence.notIntactHint')}
          </Alert>
        </Box>
      )}
      <Alert severity={same ? 'success' : 'warning'}>
        <AlertTitle>
          {same ? t('evidence.same') : t('evidence.different')}
        </AlertTitle>
        <Typography variant="body2">{words}</Typography>
        <Typography variant="body2">
          {t('evidence.counts', {
            frozen: String(counts.frozen),
            now: String(counts.now),
            added: String(counts.added),
            missing: String(counts.missing),
            changed: String(counts.changed),
          })}
        </Typography>
      </Alert>
      {differences.length > 0 && (
        <Box mt={2}>
          <Typography variant="subtitle2" component="h3">
            {all > differences.length
              ? t('evidence.differencesFirst', {
                  number: String(differences.length),
                })
              : t('evidence.differences')}
          </Typography>
          <Differences differences={differences} />
        </Box>
      )}
    </>
  );
};

function Differences(props: { differences: EvidenceCheck['differences'] }) {
  const classes = useStyles();
  const t = useText();
  return (
    <ScrollRegion label={t('evidence.differences')} className={classes.scroll}>
      <ul className={classes.list}>
        {props.differences.map(({ eventId, kind, at, action, members }) => (
          <li key={`${kind} ${eventId}`} className={classes.line}>
            <Typography variant="body2" component="div">
              <ToneChip tone={TONES[kind]} label={t(`evidence.kind.${kind}`)} />{' '}
              <strong>
                <ForeignText text={action} />
              </strong>{' '}
              {exactWords(at)}
            </Typography>
            <Typography variant="caption" component="div">
              <ForeignText text={eventId} />
              {members.length > 0 && (
                <>
                  {' · '}
                  {t('evidence.members', { members: members.join(', ') })}
                </>
              )}
            </Typography>
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}
