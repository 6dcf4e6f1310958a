/**
 * What every activity source must do, as a test suite, and records to try it with.
 *
 * @packageDocumentation
 */
export {};
