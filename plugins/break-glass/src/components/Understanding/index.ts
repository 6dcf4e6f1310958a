export { openResidue } from './openResidue';
export { ResiduePanel } from './ResiduePanel';
export { UnderstandingPanel } from './UnderstandingPanel';
