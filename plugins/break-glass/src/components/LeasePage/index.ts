export { LeasePage } from './LeasePage';
