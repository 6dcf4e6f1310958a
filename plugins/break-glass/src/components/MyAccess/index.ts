export { MyAccess } from './MyAccess';
