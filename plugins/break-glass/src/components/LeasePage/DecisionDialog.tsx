import {
  DecisionRequest,
  errorCodeOf,
  Extension,
  LeaseDetail,
} from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { ConfirmDialog, durationWords, SelectField } from '../shared';

/** Approve or reject. */
export type Verdict = DecisionRequest['verdict'];

/** Asks once more, then sends the decision with the scope and term of the lease that was on the page (I2). */
export const DecisionDialog = (props: {
  verdict: Verdict;
  lease: LeaseDetail;
  /** The decision is on this extension of the lease. */
  extension?: Extension;
  onClose: () => void;
  onDecided: () => void;
  onRefused: () => void;
}) => {
  const { verdict, lease, extension, onClose, onDecided, onRefused } = props;
  const t = useText();
  const onLease = useBreakGlassAction('decideLease');
  const onExtension = useBreakGlassAction('decideExtension');
  const action = extension ? onExtension : onLease;
  const [step, setStep] = useState('');
  const needsStep =
    errorCodeOf(action.error) === 'step-required' || step !== '';
  const approve = verdict === 'approve';

  const decide = async (comment: string | undefined) => {
    const body = {
      verdict,
      comment,
      step: step || undefined,
      scopeHash: lease.scopeHash,
    };
    const params = { id: lease.id };
    const { durationMinutes } = extension ?? lease.term;
    const term = { ...lease.term, durationMinutes };
    const answer = extension
      ? await onExtension.run({
          params: { ...params, extensionId: extension.id },
          body: { ...body, term },
        })
      : await onLease.run({ params, body: { ...body, term } });
    if (answer) {
      onDecided();
      onClose();
    } else {
      onRefused();
    }
  };
  return (
    <ConfirmDialog
      title={
        approve ? t('lease.decideTitleApprove') : t('lease.decideTitleReject')
      }
      text={t('lease.decideText', {
        person: lease.requester.displayName,
        role: lease.role.title,
        account: lease.account.title,
        profile: lease.profile.title,
        duration: durationWords((extension ?? lease.term).durationMinutes, t),
      })}
      commentHelp={approve ? undefined : t('lease.rejectReason')}
      confirm={approve ? t('lease.approve') : t('lease.reject')}
      busy={action.busy}
      error={action.error}
      blocked={needsStep && !step}
      onConfirm={decide}
      onClose={onClose}
    >
      {needsStep && <StepField lease={lease} step={step} onChange={setStep} />}
    </ConfirmDialog>
  );
};

function StepField(props: {
  lease: LeaseDetail;
  step: string;
  onChange: (step: string) => void;
}) {
  const t = useText();
  return (
    <SelectField
      fullWidth
      label={t('lease.step')}
      helperText={t('lease.stepChoose')}
      options={props.lease.steps
        .filter(step => !step.met)
        .map(step => ({ value: step.id, label: step.title }))}
      value={props.step}
      onChange={(step = '') => props.onChange(step)}
    />
  );
}
