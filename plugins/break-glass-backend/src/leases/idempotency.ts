import { isDeepStrictEqual } from 'node:util';
import { LeaseRequest } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { LeaseRow, LeaseStore } from '../database/types';
import { conflictError, inputError } from '../errors';

/**
 * Id of the lease that the same request with the same key made before.
 * @throws InputError for a key that is too long, ConflictError where the key stands for another request.
 */
export async function repeatedRequest(
  leases: Pick<LeaseStore, 'findByIdempotencyKey'>,
  person: Person,
  input: LeaseRequest,
  key: string | undefined,
): Promise<string | undefined> {
  if (!key) {
    return undefined;
  }
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw inputError(
      'invalid-input',
      'An Idempotency-Key has 1 to 128 visible ASCII characters.',
    );
  }
  const row = await leases.findByIdempotencyKey(person.ref, key);
  if (row && !isSameRequest(row, input)) {
    throw conflictError(
      'conflict',
      'This Idempotency-Key was used for another request. Use a new key.',
    );
  }
  return row?.id;
}

function isSameRequest(row: LeaseRow, input: LeaseRequest): boolean {
  const startAt = input.startAt ? Date.parse(input.startAt) : undefined;
  return isDeepStrictEqual(
    [
      row.accountRef,
      row.roleId,
      row.profileId,
      { ...row.profileParameters },
      row.reason,
      row.ticket ?? '',
      row.beneficiary ?? '',
      row.durationMinutes,
      row.startAt,
      row.approvalKind === 'emergency',
    ],
    [
      input.accountRef.toLocaleLowerCase('en-US'),
      input.roleId,
      input.profileId,
      { ...input.profileParameters },
      input.reason,
      input.ticket ?? '',
      (input.beneficiary ?? '').toLocaleLowerCase('en-US'),
      input.durationMinutes,
      startAt,
      input.emergency !== undefined,
    ],
  );
}
