import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import { ReactNode, useId, useState } from 'react';
import { useText } from '../../translation';
import { ErrorState } from './ErrorState';

const MAX_COMMENT = 2_000;

/** Asks once more before something that cannot be undone, with a comment. */
export const ConfirmDialog = (props: {
  title: string;
  text: string;
  confirm: string;
  dismiss?: string;
  busy: boolean;
  error?: unknown;
  /** More of the question, e.g. a choice. */
  children?: ReactNode;
  commentHelp?: string;
  /** Without a comment, nothing is confirmed. */
  commentRequired?: boolean;
  blocked?: boolean;
  onConfirm: (comment: string | undefined) => void;
  onClose: () => void;
}) => {
  const t = useText();
  const id = useId();
  const [comment, setComment] = useState('');
  const missing = props.commentRequired && !comment.trim();
  const stopped = props.busy || props.blocked || missing;
  const confirm = () => {
    if (!stopped) {
      props.onConfirm(comment.trim() || undefined);
    }
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={props.busy ? undefined : props.onClose}
      aria-labelledby={`${id}-title`}
    >
      <DialogTitle id={`${id}-title`}>{props.title}</DialogTitle>
      <DialogContent>
        <DialogContentText color="textPrimary">{props.text}</DialogContentText>
        {props.children}
        <TextField
          id={`${id}-comment`}
          label={
            props.commentRequired
              ? t('common.comment')
              : t('common.optionalComment')
          }
          required={props.commentRequired}
          helperText={props.commentHelp}
          value={comment}
          onChange={event => setComment(event.target.value)}
          inputProps={{ maxLength: MAX_COMMENT }}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              confirm();
            }
          }}
          multiline
          minRows={2}
          fullWidth
          margin="normal"
          variant="outlined"
        />
        {props.error !== undefined && <ErrorState error={props.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose} disabled={props.busy}>
          {props.dismiss ?? t('common.cancel')}
        </Button>
        <Button
          color="primary"
          variant="contained"
          disabled={stopped}
          onClick={confirm}
        >
          {props.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
