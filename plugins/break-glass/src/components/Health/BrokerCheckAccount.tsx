import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import {
  BrokerCheckResult,
  BrokerProblem,
} from 'backstage-plugin-break-glass-common';
import { useId, useState } from 'react';
import { useText } from '../../translation';
import { CodeBlock, CopyButton, RowBox } from '../shared';
import { ToneChip } from '../shared/StateChip';

/** What was found in one account: each problem with its fix to paste. */
export const BrokerCheckAccount = (props: { account: BrokerCheckResult }) => {
  const { ref, title, accountId, partition, problems } = props.account;
  const t = useText();
  return (
    <RowBox
      side={
        <ToneChip
          tone={problems.length ? 'bad' : 'good'}
          label={
            problems.length
              ? t('brokerCheck.accountProblem', { count: problems.length })
              : t('brokerCheck.accountOk')
          }
        />
      }
    >
      <Typography variant="subtitle1" component="h3">
        <EntityRefLink entityRef={ref}>{title}</EntityRefLink>
      </Typography>
      <Typography variant="caption" component="p">
        {t('account.accountId')} <code>{accountId}</code> · {partition}
      </Typography>
      {problems.map(problem => (
        <Problem
          key={`${problem.what} ${problem.roleArn}`}
          problem={problem}
          account={title}
        />
      ))}
    </RowBox>
  );
};

function Problem(props: { problem: BrokerProblem; account: string }) {
  const { what, roleArn, words, fixes } = props.problem;
  const t = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return (
    <Box mt={1.5}>
      <Typography variant="subtitle2" component="h4">
        <strong>
          {t(`brokerCheck.what.${what}`)}: {role}
        </strong>
      </Typography>
      <Typography variant="body2">{words}</Typography>
      {fixes.length > 0 && (
        <Button
          size="small"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-label={`${
            open
              ? t('brokerCheck.hideFixes')
              : t('brokerCheck.showFixes', { count: fixes.length })
          }: ${role}, ${props.account}`}
          onClick={() => setOpen(!open)}
        >
          {open
            ? t('brokerCheck.hideFixes')
            : t('brokerCheck.showFixes', { count: fixes.length })}
        </Button>
      )}
      {open && (
        <div id={id}>
          {fixes.length > 1 && (
            <Typography variant="body2">
              {t('brokerCheck.bothFixes')}
            </Typography>
          )}
          {fixes.map(({ where, json }, index) => {
            const named = {
              number: String(index + 1),
              role,
              account: props.account,
            };
            return (
              <Box key={where} mt={1}>
                <Typography variant="body2">{where}</Typography>
                <CodeBlock
                  label={t('brokerCheck.fixNumber', named)}
                  text={json}
                />
                <CopyButton
                  text={json}
                  label={t('brokerCheck.copyFix', named)}
                />
              </Box>
            );
          })}
        </div>
      )}
    </Box>
  );
}
