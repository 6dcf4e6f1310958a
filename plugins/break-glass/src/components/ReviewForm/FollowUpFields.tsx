import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import FormLabel from '@material-ui/core/FormLabel';
import Grid from '@material-ui/core/Grid';
import IconButton from '@material-ui/core/IconButton';
import TextField from '@material-ui/core/TextField';
import AddIcon from '@material-ui/icons/Add';
import DeleteIcon from '@material-ui/icons/DeleteOutline';
import { useId } from 'react';
import { useText } from '../../translation';
import { PersonPicker } from '../RequestDialog';
import { FollowUpDraft } from './verdict';

const MAX_FOLLOW_UPS = 20;
const MAX_TEXT = 2_000;

/** What remains to be done after the review. */
export const FollowUpFields = (props: {
  followUps: FollowUpDraft[];
  /** Each needs an owner and a day. */
  owned: boolean;
  onChange: (followUps: FollowUpDraft[]) => void;
}) => {
  const { followUps, onChange } = props;
  const t = useText();
  const id = useId();
  const next = followUps.reduce((max, f) => Math.max(max, f.id), 0) + 1;
  return (
    <Box my={2} role="group" aria-labelledby={id}>
      <FormLabel id={id} component="span">
        {t('review.followUps')}
      </FormLabel>
      {followUps.map((followUp, index) => (
        <FollowUpField
          key={followUp.id}
          number={index + 1}
          followUp={followUp}
          owned={props.owned}
          onChange={changed =>
            onChange(followUps.map(f => (f.id === changed.id ? changed : f)))
          }
          onRemove={() =>
            onChange(followUps.filter(({ id: other }) => other !== followUp.id))
          }
        />
      ))}
      <Box mt={1}>
        <Button
          size="small"
          startIcon={<AddIcon />}
          disabled={followUps.length >= MAX_FOLLOW_UPS}
          onClick={() =>
            onChange([...followUps, { id: next, title: '', due: '' }])
          }
        >
          {t('review.followUpAdd')}
        </Button>
      </Box>
    </Box>
  );
};

function FollowUpField(props: {
  number: number;
  followUp: FollowUpDraft;
  owned: boolean;
  onChange: (followUp: FollowUpDraft) => void;
  onRemove: () => void;
}) {
  const { number, followUp, owned, onChange, onRemove } = props;
  const t = useText();
  const id = useId();
  return (
    <Grid container spacing={1} alignItems="flex-start">
      <Grid item xs={12} sm={5}>
        <TextField
          id={`${id}-title`}
          label={t('review.followUpTitle')}
          required
          fullWidth
          margin="dense"
          variant="outlined"
          inputProps={{ maxLength: MAX_TEXT }}
          value={followUp.title}
          onChange={event =>
            onChange({ ...followUp, title: event.target.value })
          }
        />
      </Grid>
      <Grid item xs={12} sm={3}>
        <PersonPicker
          id={`${id}-owner`}
          label={t(
            owned ? 'review.followUpOwnerNeeded' : 'review.followUpOwner',
          )}
          value={followUp.owner}
          onChange={owner => onChange({ ...followUp, owner })}
        />
      </Grid>
      <Grid item xs={10} sm={3}>
        <TextField
          id={`${id}-due`}
          type="date"
          label={t(owned ? 'review.followUpDueNeeded' : 'review.followUpDue')}
          fullWidth
          margin="dense"
          variant="outlined"
          InputLabelProps={{ shrink: true }}
          value={followUp.due}
          onChange={event => onChange({ ...followUp, due: event.target.value })}
        />
      </Grid>
      <Grid item xs={2} sm={1}>
        <IconButton
          aria-label={t('review.followUpRemove', { number: String(number) })}
          onClick={onRemove}
        >
          <DeleteIcon />
        </IconButton>
      </Grid>
    </Grid>
  );
}
