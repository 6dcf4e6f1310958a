import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useId } from 'react';
import { useText } from '../../translation';
import { ErrorState } from '../shared';

/** Says in a dialog why something could not be opened. */
export const CannotOpen = (props: { error: unknown; onClose: () => void }) => {
  const t = useText();
  const id = useId();
  return (
    <Dialog open onClose={props.onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{t('mine.again')}</DialogTitle>
      <DialogContent>
        <ErrorState error={props.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
};
