import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import { PanicTarget, Person } from 'backstage-plugin-break-glass-common';
import { useId, useState } from 'react';
import { useText } from '../../translation';
import { PersonPicker } from '../RequestDialog';
import { Choice, CommentDialog } from '../shared';
import { AccountChoice, AccountPicker } from './AccountPicker';

const KINDS = ['person', 'account', 'all'] as const;

/** Asks what to stop and why. Stopping everything is typed out. */
export const RaiseDialog = (props: {
  onClose: () => void;
  onChanged: () => void;
}) => {
  const t = useText();
  const id = useId();
  const [kind, setKind] = useState<PanicTarget['kind']>('person');
  const [person, setPerson] = useState<Person>();
  const [account, setAccount] = useState<AccountChoice>();
  const [typed, setTyped] = useState('');
  const target = targetOf(kind, {
    person: person?.ref,
    account: account?.ref,
    confirmed: typed.trim() === t('panic.confirmWord'),
  });
  return (
    <CommentDialog
      route="raisePanic"
      title={t('panic.raiseTitle')}
      text={t('panic.raiseText')}
      help={t('panic.reasonHelp')}
      confirm={t('panic.confirm')}
      blocked={!target}
      inputOf={reason => ({ body: { target: target!, reason } })}
      onClose={props.onClose}
      onChanged={props.onChanged}
    >
      <Box mb={1}>
        <Choice
          label={t('panic.kindLabel')}
          options={KINDS.map(value => ({
            value,
            label: t(`panic.kind.${value}`),
          }))}
          value={kind}
          onChange={setKind}
        />
      </Box>
      {kind === 'person' && (
        <PersonPicker
          id={`${id}-person`}
          label={t('panic.person')}
          value={person}
          onChange={setPerson}
        />
      )}
      {kind === 'account' && (
        <AccountPicker
          id={`${id}-account`}
          value={account}
          onChange={setAccount}
        />
      )}
      {kind === 'all' && (
        <TextField
          id={`${id}-confirm`}
          label={t('panic.confirmLabel')}
          value={typed}
          onChange={event => setTyped(event.target.value)}
          fullWidth
          margin="dense"
          variant="outlined"
          autoComplete="off"
        />
      )}
    </CommentDialog>
  );
};

function targetOf(
  kind: PanicTarget['kind'],
  chosen: { person?: string; account?: string; confirmed: boolean },
): PanicTarget | undefined {
  if (kind === 'all') {
    return chosen.confirmed ? { kind } : undefined;
  }
  const ref = chosen[kind];
  return ref ? { kind, ref } : undefined;
}
