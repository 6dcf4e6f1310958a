import Box from '@material-ui/core/Box';
import Chip from '@material-ui/core/Chip';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { ActivityCounts } from 'backstage-plugin-break-glass-common';
import { useId, useState } from 'react';
import { useDebounce } from 'react-use';
import { TimelineFilter } from '../../hooks/useTimeline';
import { useText } from '../../translation';

const PAUSE_MS = 300;
const MAX_TEXT = 100;

/** Filters of the timeline: kinds with their counts over all events, service and text. */
export const TimelineFilters = (props: {
  counts: ActivityCounts;
  filter: TimelineFilter;
  onChange: (filter: TimelineFilter) => void;
}) => {
  const { counts, filter, onChange } = props;
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(filter.text ?? '');
  useDebounce(
    () => {
      const text = typed.trim() || undefined;
      if (text !== filter.text) {
        onChange({ ...filter, text });
      }
    },
    PAUSE_MS,
    [typed],
  );
  const kinds = [
    { only: undefined, name: t('timeline.all'), count: counts.total },
    {
      only: 'writes' as const,
      name: t('timeline.writes'),
      count: counts.writes,
    },
    {
      only: 'refused' as const,
      name: t('timeline.refused'),
      count: counts.refused,
    },
    {
      only: 'sensitive' as const,
      name: t('timeline.sensitive'),
      count: counts.sensitive,
    },
  ];
  return (
    <Box
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      gridGap={8}
      my={1}
      role="group"
      aria-label={t('timeline.filter')}
    >
      {kinds.map(({ only, name, count }) => {
        const chosen = filter.only === only;
        return (
          <Chip
            key={only ?? 'all'}
            component="button"
            type="button"
            clickable
            size="small"
            label={`${name} ${count}`}
            color={chosen ? 'primary' : 'default'}
            variant={chosen ? 'default' : 'outlined'}
            aria-pressed={chosen}
            onClick={() => onChange({ ...filter, only })}
          />
        );
      })}
      <TextField
        select
        id={`${id}-service`}
        SelectProps={{
          id: `${id}-service`,
          labelId: `${id}-service-label`,
          displayEmpty: true,
        }}
        InputLabelProps={{ id: `${id}-service-label`, shrink: true }}
        label={t('timeline.service')}
        size="small"
        variant="outlined"
        value={filter.service ?? ''}
        onChange={event =>
          onChange({ ...filter, service: event.target.value || undefined })
        }
        style={{ minWidth: 130 }}
      >
        <MenuItem value="">{t('timeline.anyService')}</MenuItem>
        {counts.services.map(({ service, count }) => (
          <MenuItem key={service} value={service}>
            {service} ({count})
          </MenuItem>
        ))}
      </TextField>
      <TextField
        id={`${id}-text`}
        type="search"
        label={t('timeline.text')}
        size="small"
        variant="outlined"
        value={typed}
        inputProps={{ maxLength: MAX_TEXT }}
        onChange={event => setTyped(event.target.value)}
        style={{ flex: '1 1 200px' }}
      />
    </Box>
  );
};
