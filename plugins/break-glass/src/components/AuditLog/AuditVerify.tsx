import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { AuditVerification } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { ErrorState } from '../shared';

/** Checks the chain and its anchors, and says what was found. */
export const AuditVerify = () => {
  const t = useText();
  const action = useBreakGlassAction('verifyAudit');
  const [result, setResult] = useState<AuditVerification>();
  const verify = async () => {
    setResult(undefined);
    setResult(await action.run({}));
  };
  return (
    <Box mb={2}>
      <Button
        variant="outlined"
        size="small"
        disabled={action.busy}
        onClick={verify}
      >
        {action.busy ? t('audit.verifying') : t('audit.verify')}
      </Button>
      <Box mt={1} role="status">
        {result?.intact && (
          <Alert severity="success">
            {t('audit.intact', { entries: String(result.entries) })}
          </Alert>
        )}
        {result && !result.intact && (
          <Alert severity="error">
            <AlertTitle>{t('audit.broken')}</AlertTitle>
            {result.problems.map(problem => (
              <Typography
                key={`${problem.seq} ${problem.kind}`}
                variant="body2"
              >
                {t('audit.problemAt', {
                  seq: String(problem.seq),
                  message: problem.message,
                })}
              </Typography>
            ))}
          </Alert>
        )}
      </Box>
      {action.error !== undefined && (
        <ErrorState error={action.error} onRetry={verify} />
      )}
    </Box>
  );
};
