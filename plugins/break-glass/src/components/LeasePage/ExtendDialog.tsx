import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { ConfirmDialog, DurationChips, durationWords } from '../shared';

const SUGGESTED = [15, 30, 60, 120];

/** Asks for more time on an active lease. */
export const ExtendDialog = (props: {
  lease: LeaseDetail;
  onClose: () => void;
  onChanged: () => void;
}) => {
  const { lease, onClose, onChanged } = props;
  const t = useText();
  const action = useBreakGlassAction('requestExtension');
  const suggested = SUGGESTED.filter(each => each <= lease.extendable);
  const [minutes, setMinutes] = useState(
    String(suggested.includes(30) ? 30 : lease.extendable),
  );
  const asked = /^[1-9]\d{0,4}$/.test(minutes) ? Number(minutes) : undefined;
  const fits = asked !== undefined && asked >= 5 && asked <= lease.extendable;
  const limit = t('lease.extendLimit', {
    max: durationWords(lease.extendable, t),
  });
  return (
    <ConfirmDialog
      title={t('lease.extendTitle')}
      text={t('lease.extendText')}
      confirm={t('lease.extendConfirm')}
      commentHelp={t('lease.extendReason')}
      commentRequired
      busy={action.busy}
      error={action.error}
      blocked={!fits}
      onClose={onClose}
      onConfirm={async reason => {
        const changed = await action.run({
          params: { id: lease.id },
          body: { minutes: asked!, reason: reason ?? '' },
        });
        if (changed) {
          onChanged();
          onClose();
        }
      }}
    >
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        gridGap={8}
        mb={1}
      >
        <DurationChips
          suggested={suggested}
          chosen={minutes}
          onChoose={setMinutes}
        />
        <TextField
          label={t('request.durationCustom')}
          value={minutes}
          onChange={event => setMinutes(event.target.value)}
          inputProps={{ inputMode: 'numeric', maxLength: 5 }}
          error={!fits}
          helperText={limit}
          size="small"
          variant="outlined"
        />
      </Box>
    </ConfirmDialog>
  );
};
