import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { Extension, LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import {
  durationWords,
  ErrorState,
  Instant,
  Panel,
  PeopleText,
  Reasons,
} from '../shared';
import { DecisionDialog, Verdict } from './DecisionDialog';
import { DecisionLine } from './DecisionLine';
import { Hints } from './Hints';

/** More time that was asked for, newest first, and the viewer's decision on it. */
export const ExtensionPanel = (props: {
  lease: LeaseDetail;
  onChanged: () => void;
}) => {
  const { lease, onChanged } = props;
  const t = useText();
  if (lease.extensions.length === 0) {
    return null;
  }
  return (
    <Panel title={t('lease.extensions')}>
      {[...lease.extensions].reverse().map(extension => (
        <Box key={extension.id} mb={2}>
          <ExtensionOf
            lease={lease}
            extension={extension}
            onChanged={onChanged}
          />
        </Box>
      ))}
    </Panel>
  );
};

function ExtensionOf(props: {
  lease: LeaseDetail;
  extension: Extension;
  onChanged: () => void;
}) {
  const { lease, extension, onChanged } = props;
  const t = useText();
  const own = lease.actions.end.allowed;
  const pending = extension.status === 'pending';
  return (
    <>
      <Typography variant="body2">
        <strong>
          {t('lease.extensionBy', {
            minutes: durationWords(extension.minutes, t),
            total: durationWords(extension.durationMinutes, t),
          })}
        </strong>{' '}
        {t(`lease.extensionStatus.${extension.status}`)} ·{' '}
        <Instant at={extension.requestedAt} />
      </Typography>
      <PeopleText text={extension.reason} />
      {extension.decisions.map(decision => (
        <DecisionLine key={decision.id} decision={decision} />
      ))}
      {pending && own && (
        <TakeBack lease={lease} extension={extension} onChanged={onChanged} />
      )}
      {pending && !own && (
        <Decide lease={lease} extension={extension} onChanged={onChanged} />
      )}
    </>
  );
}

function TakeBack(props: {
  lease: LeaseDetail;
  extension: Extension;
  onChanged: () => void;
}) {
  const { lease, extension, onChanged } = props;
  const t = useText();
  const action = useBreakGlassAction('cancelExtension');
  return (
    <Box mt={1}>
      <Button
        size="small"
        variant="outlined"
        disabled={action.busy}
        onClick={async () => {
          await action.run({
            params: { id: lease.id, extensionId: extension.id },
            body: {},
          });
          onChanged();
        }}
      >
        {t('lease.extensionTakeBack')}
      </Button>
      {action.error !== undefined && <ErrorState error={action.error} />}
    </Box>
  );
}

function Decide(props: {
  lease: LeaseDetail;
  extension: Extension;
  onChanged: () => void;
}) {
  const { lease, extension, onChanged } = props;
  const t = useText();
  const [asked, setAsked] = useState<{
    verdict: Verdict;
    shown: Extension;
  }>();
  if (!extension.decide.allowed) {
    return (
      <Reasons
        title={t('lease.cannotDecide')}
        reasons={extension.decide.reasons}
      />
    );
  }
  return (
    <Box mt={1}>
      <Hints hints={lease.hints} />
      <Box display="flex" flexWrap="wrap" gridGap={8}>
        <Button
          size="small"
          variant="contained"
          color="primary"
          onClick={() => setAsked({ verdict: 'approve', shown: extension })}
        >
          {t('lease.extensionApprove')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          onClick={() => setAsked({ verdict: 'reject', shown: extension })}
        >
          {t('lease.extensionReject')}
        </Button>
      </Box>
      {asked && (
        <DecisionDialog
          verdict={asked.verdict}
          lease={lease}
          extension={asked.shown}
          onClose={() => setAsked(undefined)}
          onDecided={onChanged}
          onRefused={onChanged}
        />
      )}
    </Box>
  );
}
