import Box from '@material-ui/core/Box';
import Chip from '@material-ui/core/Chip';
import TextField from '@material-ui/core/TextField';
import {
  AccessLevel,
  ActivityCounts,
  SessionSummary,
} from 'backstage-plugin-break-glass-common';
import { useEffect, useId, useRef, useState } from 'react';
import { useDebounce } from 'react-use';
import { useLanguage } from '../../hooks/useLanguage';
import { TimelineFilter } from '../../hooks/useTimeline';
import { useText } from '../../translation';
import { clockWords, SelectField } from '../shared';
import { ACCESS_LEVELS } from './accessLevels';

const PAUSE_MS = 300;
const MAX_TEXT = 100;

/** Filters of the timeline, each asked of the backend: kinds with their counts over all events, service, session, level and text. */
export const TimelineFilters = (props: {
  counts: ActivityCounts;
  sessions: SessionSummary[];
  filter: TimelineFilter;
  onChange: (part: TimelineFilter) => void;
}) => {
  const { counts, sessions, filter, onChange } = props;
  const t = useText();
  const language = useLanguage();
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
      <Kinds counts={counts} filter={filter} onChange={onChange} />
      <SelectField
        label={t('timeline.service')}
        any={t('timeline.anyService')}
        options={counts.services.map(({ service, count }) => ({
          value: service,
          label: `${service} (${count})`,
        }))}
        value={filter.service}
        onChange={service => onChange({ service })}
      />
      {sessions.length > 1 && (
        <SelectField
          label={t('timeline.session')}
          any={t('timeline.anySession')}
          options={sessions.map(session => ({
            value: session.id,
            label: `${t(`timeline.sessionType.${session.type}`)}, ${clockWords(
              session.issuedAt ?? session.requestedAt,
              language,
            )}`,
          }))}
          value={filter.session}
          onChange={session => onChange({ session })}
        />
      )}
      <SelectField
        label={t('timeline.level')}
        any={t('timeline.anyLevel')}
        options={ACCESS_LEVELS.map(level => ({
          value: level,
          label: t(`states.accessLevel.${level}`),
        }))}
        value={filter.accessLevel}
        onChange={level => onChange({ accessLevel: level as AccessLevel })}
      />
      <SearchText text={filter.text} onChange={text => onChange({ text })} />
    </Box>
  );
};

function Kinds(props: {
  counts: ActivityCounts;
  filter: TimelineFilter;
  onChange: (part: TimelineFilter) => void;
}) {
  const { counts, filter, onChange } = props;
  const t = useText();
  const kinds = [
    [undefined, t('timeline.all'), counts.total],
    ['writes', t('timeline.writes'), counts.writes],
    ['refused', t('timeline.refused'), counts.refused],
    ['sensitive', t('timeline.sensitive'), counts.sensitive],
  ] as const;
  return (
    <>
      {kinds.map(([only, name, count]) => {
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
            onClick={() => onChange({ only })}
          />
        );
      })}
    </>
  );
}

function SearchText(props: {
  text?: string;
  onChange: (text: string | undefined) => void;
}) {
  const { text, onChange } = props;
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(text ?? '');
  const asked = useRef(text);
  useEffect(() => {
    // Changed by something else than this field, e.g. taken off.
    if (text !== asked.current) {
      asked.current = text;
      setTyped(text ?? '');
    }
  }, [text]);
  useDebounce(
    () => {
      const next = typed.trim() || undefined;
      if (next !== asked.current) {
        asked.current = next;
        onChange(next);
      }
    },
    PAUSE_MS,
    [typed],
  );
  return (
    <TextField
      id={id}
      type="search"
      label={t('timeline.text')}
      size="small"
      variant="outlined"
      value={typed}
      inputProps={{ maxLength: MAX_TEXT }}
      onChange={event => setTyped(event.target.value)}
      style={{ flex: '1 1 200px' }}
    />
  );
}
