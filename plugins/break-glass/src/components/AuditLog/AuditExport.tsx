import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import GetAppIcon from '@material-ui/icons/GetApp';
import { useState } from 'react';
import { breakGlassApiRef } from '../../api/breakGlassApi';
import { useText } from '../../translation';
import { ErrorState, saveFile } from '../shared';
import { AuditQuery } from './auditQuery';

/** Downloads the filtered log as CSV or JSON lines. */
export const AuditExport = (props: { query: AuditQuery }) => {
  const t = useText();
  const api = useApi(breakGlassApiRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const save = async (format: 'csv' | 'jsonl') => {
    setBusy(true);
    setError(undefined);
    try {
      const { limit: _limit, cursor: _cursor, ...query } = props.query;
      const response = await api.fetchRoute('exportAudit', {
        query: { ...query, format },
      });
      saveFile(await response.blob(), `break-glass-audit.${format}`);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <Box display="flex" gridGap={8}>
        <Button
          size="small"
          startIcon={<GetAppIcon />}
          disabled={busy}
          onClick={() => save('csv')}
        >
          {t('audit.exportCsv')}
        </Button>
        <Button
          size="small"
          startIcon={<GetAppIcon />}
          disabled={busy}
          onClick={() => save('jsonl')}
        >
          {t('audit.exportJsonl')}
        </Button>
      </Box>
      {error !== undefined && <ErrorState error={error} />}
    </div>
  );
};
