import {
  ErrorCode,
  errorCodeSchema,
} from 'backstage-plugin-break-glass-common';
import { codeOf } from '../errors';

/** The stable code of an error of ours; undefined for errors of others, which have codes of their own kind. */
export function ownCode(error: unknown): ErrorCode | undefined {
  return errorCodeSchema.safeParse(codeOf(error)).data;
}
