import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { Person } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useAsync, useDebounce } from 'react-use';
import { useText } from '../../translation';

const LIMIT = 20;
/** Without fields the catalog looks through ids only. */
const SEARCHED = ['metadata.name', 'spec.profile.displayName'];
const PAUSE_MS = 250;

/** Finds a person of the catalog by name. */
export const PersonPicker = (props: {
  id: string;
  label: string;
  helperText?: string;
  error?: boolean;
  value?: Person;
  onChange: (person: Person | undefined) => void;
}) => {
  const { id, label, helperText, error, value, onChange } = props;
  const t = useText();
  const catalog = useApi(catalogApiRef);
  const [typed, setTyped] = useState('');
  const [term, setTerm] = useState('');
  useDebounce(() => setTerm(typed), PAUSE_MS, [typed]);
  const people = useAsync(async () => {
    const { items } = await catalog.queryEntities({
      filter: { kind: 'user' },
      limit: LIMIT,
      fields: ['kind', 'metadata', 'spec.profile'],
      ...(term &&
        term !== value?.displayName && {
          fullTextFilter: { term, fields: SEARCHED },
        }),
    });
    return items.map(toPerson);
  }, [catalog, term]);
  return (
    <Autocomplete
      id={id}
      aria-label={label}
      options={people.value ?? (value ? [value] : [])}
      loading={people.loading}
      value={value ?? null}
      onChange={(_, person) => onChange(person ?? undefined)}
      onInputChange={(_, text) => setTyped(text)}
      getOptionLabel={person => person.displayName}
      getOptionSelected={(a, b) => a.ref === b.ref}
      filterOptions={options => options}
      noOptionsText={t('request.beneficiaryNone')}
      loadingText={t('common.loading')}
      renderInput={params => (
        <TextField
          {...params}
          label={label}
          helperText={helperText}
          error={error}
          variant="outlined"
          margin="dense"
        />
      )}
    />
  );
};

function toPerson(entity: Entity): Person {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return {
    ref: stringifyEntityRef(entity),
    displayName:
      profile?.displayName || entity.metadata.title || entity.metadata.name,
  };
}
