// One rule for all who read records, modules that keep them on disk among them (I10).
export {
  redact,
  REDACTED,
  redactText,
} from 'backstage-plugin-break-glass-node';
