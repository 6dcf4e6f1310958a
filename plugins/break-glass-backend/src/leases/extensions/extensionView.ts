import { Extension } from 'backstage-plugin-break-glass-common';
import { Person } from '../../accounts/types';
import { progress } from '../../approvals';
import {
  ExtensionDecisionRow,
  ExtensionRow,
  LeaseRow,
} from '../../database/types';
import { decisionContext } from '../decisionContext';
import { LeaseDependencies } from '../dependencies';
import { frozenFacts } from '../explainDecide';
import { decisionView, iso } from '../leaseView';
import { explainDecideExtension, extensionStatusAt } from './explainExtension';

/** Extensions of a lease as pages show them, with what a person may decide on them. */
export async function extensionsInView(
  deps: LeaseDependencies,
  row: LeaseRow,
  person: Person,
  extensions: ExtensionRow[],
  decisions: ExtensionDecisionRow[],
): Promise<Extension[]> {
  return Promise.all(
    extensions.map(extension =>
      extensionView(
        deps,
        row,
        person,
        extension,
        decisions.filter(({ extensionId }) => extensionId === extension.id),
      ),
    ),
  );
}

async function extensionView(
  deps: LeaseDependencies,
  row: LeaseRow,
  person: Person,
  extension: ExtensionRow,
  decisions: ExtensionDecisionRow[],
): Promise<Extension> {
  const now = deps.clock.now();
  const status = extensionStatusAt(extension, row, now);
  const analysis =
    status === 'pending'
      ? explainDecideExtension(
          await decisionContext(deps, row, decisions),
          extension,
          person,
          now,
        )
      : { allowed: false, reasons: [], stepIds: [] };
  return {
    id: extension.id,
    status,
    reason: extension.reason,
    minutes: extension.toMinutes - extension.fromMinutes,
    durationMinutes: extension.toMinutes,
    requestedAt: iso(extension.requestedAt),
    approvalsMissing: progress(frozenFacts(row, decisions)).missing,
    decisions: decisions.map(decisionView),
    decide: {
      allowed: analysis.allowed || analysis.stepIds.length > 1,
      reasons: analysis.reasons,
    },
  };
}
