import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ResidueDecision,
  ResidueItem,
} from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useText } from '../../translation';
import {
  CommentDialog,
  ForeignText,
  Instant,
  PeopleText,
  PersonName,
  ToneChip,
} from '../shared';
import { EventRecord } from '../Timeline';

const TONES = {
  open: 'bad',
  gone: 'quiet',
  removed: 'good',
  justified: 'waiting',
} as const;

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1.5, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    gone: {
      color: theme.palette.text.secondary,
      textDecoration: 'line-through',
    },
  }),
  { name: 'BreakGlassResidueLine' },
);

/** One thing that outlives the lease, its state, and what the viewer can say of it. */
export const ResidueLine = (props: {
  leaseId: string;
  item: ResidueItem;
  canSettle: boolean;
  onChanged: () => void;
}) => {
  const { leaseId, item, canSettle, onChanged } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <li className={classes.root}>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
        <ToneChip
          tone={TONES[item.state]}
          label={t(`residue.state.${item.state}`)}
        />
        <ToneChip tone="quiet" label={t(`residue.kind.${item.kind}`)} />
        <Typography
          variant="body2"
          className={item.state === 'gone' ? classes.gone : undefined}
        >
          <ForeignText text={item.what} />
        </Typography>
      </Box>
      <Typography variant="caption" component="p">
        <ForeignText text={item.resource} /> · {t('residue.made')}{' '}
        <Instant at={item.at} />
        {item.by && (
          <>
            {' · '}
            {t(`residue.state.${item.state}`)}: <PersonName by={item.by} />{' '}
            {item.decidedAt && <Instant at={item.decidedAt} />}
          </>
        )}
      </Typography>
      {item.comment && <PeopleText text={item.comment} />}
      <Box display="flex" flexWrap="wrap" gridGap={8} mt={0.5}>
        {canSettle && item.state === 'open' && (
          <Settle leaseId={leaseId} item={item} onChanged={onChanged} />
        )}
        <Origin leaseId={leaseId} item={item} />
      </Box>
    </li>
  );
};

function Settle(props: {
  leaseId: string;
  item: ResidueItem;
  onChanged: () => void;
}) {
  const { leaseId, item, onChanged } = props;
  const t = useText();
  const [asked, setAsked] = useState<ResidueDecision['state']>();
  return (
    <>
      {(['removed', 'justified'] as const).map(state => (
        <Button
          key={state}
          size="small"
          variant="outlined"
          onClick={() => setAsked(state)}
          aria-label={`${t(`residue.${state}`)}: ${item.what}`}
        >
          {t(`residue.${state}`)}
        </Button>
      ))}
      {asked && (
        <CommentDialog
          route="decideResidue"
          title={t(`residue.${asked}Title`)}
          text={item.what}
          help={t(`residue.${asked}Help`)}
          confirm={t(`residue.${asked}`)}
          inputOf={comment => ({
            params: { id: leaseId, key: item.key },
            body: { state: asked, comment },
          })}
          onClose={() => setAsked(undefined)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}

function Origin(props: { leaseId: string; item: ResidueItem }) {
  const { leaseId, item } = props;
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        aria-label={`${
          open ? t('residue.hideEvent') : t('residue.showEvent')
        }: ${item.what}`}
      >
        {open ? t('residue.hideEvent') : t('residue.showEvent')}
      </Button>
      {open && (
        <div style={{ flexBasis: '100%' }}>
          <EventRecord leaseId={leaseId} eventId={item.eventId} />
        </div>
      )}
    </>
  );
}
