import { z } from 'zod';
import { bytesIn } from '../byteAmount';

/** Athena charges 10 MB for the smallest query, and takes no smaller limit. */
const LEAST_BYTES = bytesIn('10MB')!;
const MOST_BYTES = bytesIn('1000TB')!;

/** An amount of data such as `100GB`, in bytes. */
export const bytesSchema = z
  .string({ error: 'must be an amount of data such as 100GB' })
  .transform((text, context) => {
    const bytes = bytesIn(text);
    if (bytes !== undefined && bytes >= LEAST_BYTES && bytes <= MOST_BYTES) {
      return bytes;
    }
    context.addIssue({
      code: 'custom',
      message: 'must be an amount of data from 10MB to 1000TB, such as 100GB',
    });
    return z.NEVER;
  });
