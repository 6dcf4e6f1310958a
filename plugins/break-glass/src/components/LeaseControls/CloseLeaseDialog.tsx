import { RouteName } from 'backstage-plugin-break-glass-common';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { ConfirmDialog } from '../shared';

/** Asks, then cancels, ends or revokes a lease. */
export const CloseLeaseDialog = (props: {
  how: Extract<RouteName, 'cancelLease' | 'endLease' | 'revokeLease'>;
  leaseId: string;
  title: string;
  text: string;
  confirm: string;
  onClose: () => void;
  onChanged: () => void;
}) => {
  const { how, leaseId, onClose, onChanged } = props;
  const t = useText();
  const action = useBreakGlassAction(how);
  return (
    <ConfirmDialog
      title={props.title}
      text={props.text}
      confirm={props.confirm}
      dismiss={t('role.keep')}
      busy={action.busy}
      error={action.error}
      onClose={onClose}
      onConfirm={async comment => {
        const lease = await action.run({
          params: { id: leaseId },
          body: { comment },
        });
        onChanged();
        if (lease) {
          onClose();
        }
      }}
    />
  );
};
