export { residueItem } from './residueItem';
export { Residue, residueOf } from './residueOf';
