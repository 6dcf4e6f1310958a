import { Link } from '@backstage/core-components';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { AuditEntry } from 'backstage-plugin-break-glass-common';
import { leaseRouteRef } from '../../routes';
import { useText } from '../../translation';
import { CodeBlock, Instant, PersonName } from '../shared';
import { ToneChip } from '../shared/StateChip';

const useStyles = makeStyles(
  { details: { display: 'block', overflowWrap: 'anywhere' } },
  { name: 'BreakGlassAuditEntry' },
);

const TONES = { done: 'good', refused: 'bad', failed: 'waiting' } as const;

/** One entry of the audit log; it opens to its details and hash. */
export const AuditEntryRow = (props: { entry: AuditEntry }) => {
  const { entry } = props;
  const t = useText();
  return (
    <Accordion TransitionProps={{ unmountOnExit: true }}>
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        id={`audit-${entry.seq}`}
        aria-controls={`audit-${entry.seq}-details`}
      >
        <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
          <Typography variant="caption">#{entry.seq}</Typography>
          <Typography variant="body2">
            <strong>{entry.action}</strong>
          </Typography>
          <ToneChip
            tone={TONES[entry.outcome]}
            label={t(`audit.${entry.outcome}`)}
          />
          <Typography variant="body2">
            <PersonName by={entry.actor} />
            {entry.accountRef && ` · ${shortRef(entry.accountRef)}`} ·{' '}
            <Instant at={entry.at} />
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails id={`audit-${entry.seq}-details`}>
        <EntryDetails entry={entry} />
      </AccordionDetails>
    </Accordion>
  );
};

function EntryDetails(props: { entry: AuditEntry }) {
  const { entry } = props;
  const classes = useStyles();
  const t = useText();
  const leaseRoute = useRouteRef(leaseRouteRef);
  return (
    <div className={classes.details}>
      {entry.code && (
        <Typography variant="body2">
          {t('audit.code')}: <code>{entry.code}</code>
        </Typography>
      )}
      {entry.accountRef && (
        <Typography variant="body2">
          {t('audit.account')}: {entry.accountRef}
        </Typography>
      )}
      {entry.leaseId && (
        <Link to={leaseRoute({ id: entry.leaseId })}>
          {t('audit.openLease')}
        </Link>
      )}
      <CodeBlock
        label={t('common.details')}
        text={JSON.stringify(entry.details, null, 2)}
      />
      <Typography variant="caption">
        {t('audit.hash')}: <code>{entry.hash}</code>
      </Typography>
    </div>
  );
}

/** Entries outlive what they name: a reference that no longer parses is shown as it is. */
function shortRef(ref: string): string {
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}
