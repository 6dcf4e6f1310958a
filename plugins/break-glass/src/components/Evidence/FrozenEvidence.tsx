import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import GetAppIcon from '@material-ui/icons/GetApp';
import { EvidenceCheck } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useAsyncFn } from 'react-use';
import { breakGlassApiRef } from '../../api/breakGlassApi';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import {
  CopyButton,
  ErrorState,
  Fact,
  Facts,
  Instant,
  saveFile,
} from '../shared';
import { EvidenceDifference } from './EvidenceDifference';

/** The evidence that a verdict froze: its hash, the file behind it, and what the logs say of it now. */
export const FrozenEvidence = (props: {
  leaseId: string;
  frozenAt: string;
  hash: string;
}) => {
  const { leaseId, frozenAt, hash } = props;
  const t = useText();
  const check = useBreakGlassAction('checkEvidence');
  const [result, setResult] = useState<EvidenceCheck>();
  return (
    <>
      <Facts wide>
        <Fact name={t('evidence.frozen')}>
          <Instant at={frozenAt} withClock />
        </Fact>
        <Fact name={t('evidence.hash')}>
          <code>{hash}</code>{' '}
          <CopyButton text={hash} label={t('evidence.copyHash')} />
        </Fact>
      </Facts>
      <Box display="flex" flexWrap="wrap" gridGap={8} mb={2}>
        <Download leaseId={leaseId} />
        <Button
          size="small"
          variant="outlined"
          disabled={check.busy}
          onClick={async () =>
            setResult(await check.run({ params: { id: leaseId } }))
          }
        >
          {check.busy ? t('evidence.checking') : t('evidence.check')}
        </Button>
      </Box>
      {check.error !== undefined && <ErrorState error={check.error} />}
      <div role="status">{result && <EvidenceDifference check={result} />}</div>
    </>
  );
};

function Download(props: { leaseId: string }) {
  const { leaseId } = props;
  const t = useText();
  const api = useApi(breakGlassApiRef);
  const [{ loading, error }, save] = useAsyncFn(async () => {
    const response = await api.fetchRoute('exportEvidence', {
      params: { id: leaseId },
    });
    saveFile(await response.blob(), `break-glass-evidence-${leaseId}.jsonl`);
  }, [api, leaseId]);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        startIcon={<GetAppIcon />}
        disabled={loading}
        onClick={save}
      >
        {loading ? t('evidence.downloading') : t('evidence.download')}
      </Button>
      {error && <ErrorState error={error} />}
    </>
  );
}
