import { z } from 'zod';
import { instantSchema, ulidSchema } from './primitives';

/** What is stopped, as everybody whom it stops sees it. */
export const panicNoticeSchema = z
  .object({
    id: ulidSchema,
    kind: z.enum(['person', 'account', 'all']),
    /** Name of the person or the account; `Everything` otherwise. */
    title: z.string(),
    reason: z.string(),
    raisedAt: instantSchema,
  })
  .strict()
  .meta({ id: 'PanicNotice' });

/** See {@link panicNoticeSchema}. */
export type PanicNotice = z.infer<typeof panicNoticeSchema>;
