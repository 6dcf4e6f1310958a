export { CredentialsDialog } from './CredentialsDialog';
