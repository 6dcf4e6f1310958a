export { Residue, residueOf } from './residueOf';
