/**
 * Break Glass activity source: CloudTrail's event history.
 *
 * @packageDocumentation
 */
export {};
