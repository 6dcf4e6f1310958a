import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { Person } from 'backstage-plugin-break-glass-common';
import { useId, useState } from 'react';
import { useText } from '../../translation';
import { ErrorState } from '../shared';
import { PersonPicker } from './PersonPicker';

/** Asks for a person of the catalog. */
export const PersonDialog = (props: {
  title: string;
  text: string;
  label: string;
  confirm: string;
  busy: boolean;
  error?: unknown;
  onChosen: (person: Person) => void;
  onClose: () => void;
}) => {
  const { title, text, label, confirm, busy, error, onChosen, onClose } = props;
  const t = useText();
  const id = useId();
  const [person, setPerson] = useState<Person>();
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={busy ? undefined : onClose}
      aria-labelledby={`${id}-title`}
    >
      <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText color="textPrimary">{text}</DialogContentText>
        <PersonPicker
          id={`${id}-person`}
          label={label}
          value={person}
          onChange={setPerson}
        />
        {error !== undefined && <ErrorState error={error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('common.cancel')}
        </Button>
        <Button
          color="primary"
          variant="contained"
          disabled={busy || !person}
          onClick={() => person && onChosen(person)}
        >
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
