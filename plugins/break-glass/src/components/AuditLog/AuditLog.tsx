import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useDebounce } from 'react-use';
import { usePagedQuery } from '../../hooks/usePagedQuery';
import { useText } from '../../translation';
import { ListState, Nothing } from '../shared';
import { AuditEntryRow } from './AuditEntryRow';
import { AuditExport } from './AuditExport';
import { AuditFilters } from './AuditFilters';
import { AuditFilter, auditQuery, EMPTY_FILTER } from './auditQuery';
import { AuditVerify } from './AuditVerify';

const PAUSE_MS = 350;

/** The audit log: filter, entries, verification and export. */
export const AuditLog = () => {
  const t = useText();
  const [filter, setFilter] = useState<AuditFilter>(EMPTY_FILTER);
  const [query, setQuery] = useState(auditQuery(EMPTY_FILTER));
  useDebounce(() => setQuery(auditQuery(filter)), PAUSE_MS, [filter]);
  const list = usePagedQuery(
    'listAudit',
    { query: { ...query, limit: 50 } },
    { keepPrevious: true },
  );
  return (
    <>
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="flex-start"
        justifyContent="space-between"
        gridGap={8}
        mb={2}
      >
        <Typography variant="h6" component="h2">
          {t('audit.title')}
        </Typography>
        <AuditExport query={query} />
      </Box>
      <AuditVerify />
      <AuditFilters filter={filter} onChange={setFilter} />
      <ListState
        list={list}
        empty={<Nothing title={t('audit.empty')} hint={t('audit.emptyHint')} />}
      >
        {entries => (
          <div>
            {entries.map(entry => (
              <AuditEntryRow key={entry.seq} entry={entry} />
            ))}
          </div>
        )}
      </ListState>
    </>
  );
};
