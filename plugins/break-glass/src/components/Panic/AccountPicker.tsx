import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { AccountSummary } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useDebounce } from 'react-use';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';

const LIMIT = 20;
const PAUSE_MS = 250;

/** An account as it is chosen. */
export type AccountChoice = Pick<AccountSummary, 'ref' | 'title' | 'accountId'>;

/** Finds an account by name or id, usable or not. */
export const AccountPicker = (props: {
  id: string;
  value?: AccountChoice;
  onChange: (account: AccountChoice | undefined) => void;
}) => {
  const { id, value, onChange } = props;
  const t = useText();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useDebounce(() => setSearch(typed), PAUSE_MS, [typed]);
  const { data, loading } = useBreakGlassQuery(
    'listAccounts',
    {
      query: {
        limit: LIMIT,
        ...(search && value?.title !== search && { search }),
      },
    },
    { keepPrevious: true },
  );
  return (
    <Autocomplete<AccountChoice>
      id={id}
      options={data?.items ?? (value ? [value] : [])}
      loading={loading}
      value={value ?? null}
      onChange={(_, account) => onChange(account ?? undefined)}
      onInputChange={(_, text) => setTyped(text)}
      getOptionLabel={({ title }) => title}
      renderOption={({ title, accountId }) => `${title} (${accountId})`}
      getOptionSelected={(a, b) => a.ref === b.ref}
      filterOptions={options => options}
      noOptionsText={t('panic.noAccount')}
      loadingText={t('common.loading')}
      renderInput={params => (
        <TextField
          {...params}
          label={t('panic.account')}
          variant="outlined"
          margin="dense"
        />
      )}
    />
  );
};
