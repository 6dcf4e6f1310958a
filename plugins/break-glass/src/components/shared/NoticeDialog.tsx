import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { ReactNode, useId } from 'react';
import { useText } from '../../translation';
import { ErrorState } from './ErrorState';

/** Something that a person has to read, and can only close. */
export const NoticeDialog = (props: {
  title: string;
  children: ReactNode;
  onClose: () => void;
}) => {
  const t = useText();
  const id = useId();
  return (
    <Dialog open onClose={props.onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{props.title}</DialogTitle>
      <DialogContent>{props.children}</DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
};

/** Says in a dialog why something did not work. */
export const ProblemDialog = (props: {
  title: string;
  error: unknown;
  onClose: () => void;
}) => (
  <NoticeDialog title={props.title} onClose={props.onClose}>
    <ErrorState error={props.error} />
  </NoticeDialog>
);
