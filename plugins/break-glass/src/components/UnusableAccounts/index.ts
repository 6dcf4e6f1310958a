export { UnusableAccounts } from './UnusableAccounts';
